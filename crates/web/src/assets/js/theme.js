// Runs before the page is drawn: the theme that was chosen, so that nothing flashes; and that scripts run at all.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's theme holds then.
  }
})();
