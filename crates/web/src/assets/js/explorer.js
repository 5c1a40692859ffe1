// What every page has, and a module for each part that asks for one with data-module="name".
import { keys } from "./keys.js";

keys();
theme();
for (const part of document.querySelectorAll("[data-module]")) {
  import(`./${part.dataset.module}.js`).then((module) => module.start(part));
}

function theme() {
  const button = document.querySelector("button.theme");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Then it holds for this page alone.
    }
  });
}
