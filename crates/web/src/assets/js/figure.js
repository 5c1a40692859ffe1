// A figure whose parts are links: what is pointed at or focused says what it is; arrows lead from one to the next.
export function start(figure) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  const part = (target) => target.closest?.("a[aria-label]");
  const say = (link, x, y) => {
    tip.hidden = !link;
    if (!link) return;
    tip.textContent = link.getAttribute("aria-label");
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - width - 8))}px`;
    tip.style.top = `${y + 18 + height > innerHeight ? y - height - 10 : y + 18}px`;
  };
  figure.addEventListener("pointermove", (event) => say(part(event.target), event.clientX, event.clientY));
  figure.addEventListener("pointerleave", () => say(null));
  figure.addEventListener("focusin", (event) => {
    const link = part(event.target);
    if (!link) return;
    const { left, bottom } = link.getBoundingClientRect();
    say(link, left, bottom);
  });
  figure.addEventListener("focusout", () => say(null));

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  figure.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    const from = part(event.target);
    if (event.key === "Escape") say(null);
    if (!way || !from) return;
    const next = nearest(figure, from, way);
    if (!next) return;
    next.focus();
    event.preventDefault();
  });
}

// The link that lies nearest in a direction.
function nearest(figure, from, [right, down]) {
  const middle = (link) => {
    const { left, top, width, height } = link.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const link of figure.querySelectorAll("a[aria-label]:not([tabindex])")) {
    const [a, b] = middle(link);
    const [along, aside] = [(a - x) * right + (b - y) * down, Math.abs((a - x) * down) + Math.abs((b - y) * right)];
    const cost = along + 3 * aside;
    if (along > 1 && cost < least) [best, least] = [link, cost];
  }
  return best;
}
