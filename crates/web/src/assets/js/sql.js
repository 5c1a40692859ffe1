// A box for SQL, or for an entry of the codebook: Ctrl-Enter sends it, and the button says that it works.
export function start(form) {
  form.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", ({ submitter }) => {
    // What is saved as a file leaves the page as it is.
    if (!["file", "patch"].includes(submitter?.value)) submitter?.setAttribute("aria-busy", "true");
  });
}
