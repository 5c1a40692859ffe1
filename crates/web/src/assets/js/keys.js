// Keys: "/" to the search box, "j" and "k" from event to event, "?" for help.
export function keys() {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const stops = [...document.querySelectorAll(".result, .card")];
    const at = stops.indexOf(document.activeElement?.closest(".result, .card"));
    if (event.key === "/") {
      const box = document.querySelector("input[type=search]");
      if (box) box.focus();
      else location.href = "/";
    } else if (event.key === "j" || event.key === "k") {
      const next = stops[event.key === "j" ? at + 1 : Math.max(at - 1, 0)];
      if (!next) return;
      next.tabIndex = -1;
      next.focus();
    } else if (event.key === "Enter" && document.activeElement?.matches(".result")) {
      document.activeElement.querySelector("a.read")?.click();
    } else if (event.key === "Enter" && document.activeElement?.matches(".card")) {
      const record = document.activeElement.querySelector("details");
      if (record) record.open = !record.open;
    } else if (event.key === "Escape") {
      document.activeElement?.blur();
      return;
    } else if (event.key === "?") {
      location.href = "/help#keys";
    } else {
      return;
    }
    event.preventDefault();
  });
}

function typing(target) {
  return target.matches?.("textarea, select, input:not([type=checkbox])");
}
