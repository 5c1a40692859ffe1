// The network: what is pointed at stays with its neighbours, the rest stands back; the slider hides weak lines at once.
import { start as figure } from "./figure.js";

export function start(part) {
  figure(part);
  const svg = part.querySelector("svg");
  const edges = [...svg.querySelectorAll(".edges a")];
  const nodes = [...svg.querySelectorAll(".nodes a")];

  const show = (link) => {
    svg.classList.toggle("pointing", Boolean(link));
    if (!link) return;
    const { node, a, b } = link.dataset;
    const lit = new Set(node === undefined ? [a, b] : [node]);
    for (const edge of edges) {
      const is = edge === link || (node !== undefined && (edge.dataset.a === node || edge.dataset.b === node));
      edge.classList.toggle("lit", is);
      if (is) lit.add(edge.dataset.a).add(edge.dataset.b);
    }
    for (const other of nodes) other.classList.toggle("lit", lit.has(other.dataset.node));
  };
  for (const kind of ["pointerover", "focusin"]) part.addEventListener(kind, (event) => show(event.target.closest("a")));
  for (const kind of ["pointerleave", "focusout"]) part.addEventListener(kind, () => show(null));

  const slider = document.querySelector("input[name=least]");
  const told = slider?.closest("label").querySelector("output");
  slider?.addEventListener("input", () => {
    const least = Number(slider.value);
    told.textContent = slider.value;
    const kept = new Set();
    for (const edge of edges) {
      const is = Number(edge.dataset.n) >= least;
      edge.classList.toggle("gone", !is);
      if (is) kept.add(edge.dataset.a).add(edge.dataset.b);
    }
    for (const node of nodes) node.classList.toggle("gone", !kept.has(node.dataset.node));
  });
  slider?.addEventListener("change", () => slider.form.requestSubmit());
}
