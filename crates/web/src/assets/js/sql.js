// The box for SQL: Ctrl-Enter runs it.
export function start(form) {
  form.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", () => form.querySelector("button").setAttribute("aria-busy", "true"));
}
