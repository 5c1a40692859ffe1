// A text and its events: what is pointed at or focused on one side is shown on the other.
export function start(reading) {
  const article = reading.querySelector(".article");
  const cards = new Map([...reading.querySelectorAll(".card")].map((card) => [card.dataset.e, card]));
  const marks = [...article.querySelectorAll("[data-e]")];

  const show = (events) => {
    const wanted = new Set(events);
    article.classList.toggle("pointing", wanted.size > 0);
    for (const mark of marks) mark.classList.toggle("lit", mark.dataset.e.split(" ").some((e) => wanted.has(e)));
    for (const [e, card] of cards) card.classList.toggle("lit", wanted.has(e));
  };
  const events = (target) => target.closest?.("[data-e]")?.dataset.e.split(" ") ?? [];

  for (const kind of ["pointerover", "focusin"]) {
    reading.addEventListener(kind, (event) => show(events(event.target)));
  }
  reading.addEventListener("pointerleave", () => show(focused()));
  reading.addEventListener("focusout", (event) => reading.contains(event.relatedTarget) || show([]));
  const focused = () => (reading.contains(document.activeElement) ? events(document.activeElement) : []);

  // A link to a card opens its record and leaves the focus there.
  const arrive = () => {
    const card = [...cards.values()].find((one) => one.id && `#${one.id}` === location.hash);
    if (!card) return;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    show([card.dataset.e]);
    article.querySelector(".lit")?.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", arrive);
  arrive();
}
