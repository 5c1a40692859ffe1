// The form for a text: a file that is dropped on it becomes its text; the button says that it works.
export function start(form) {
  const text = form.querySelector("textarea");
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    text.classList.add("over");
  };
  form.addEventListener("dragenter", over);
  form.addEventListener("dragover", over);
  form.addEventListener("dragleave", () => text.classList.remove("over"));
  form.addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    text.classList.remove("over");
    text.value = (await file.text()).slice(0, text.maxLength);
    text.focus();
  });
  form.addEventListener("submit", () => form.querySelector("button").setAttribute("aria-busy", "true"));
}
