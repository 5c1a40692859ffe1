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
  if (article.dataset.add) adding(article);
}

const LONGEST = 200; // characters of the words of an act

// Where words are selected, a link stands that leads to the form for an event which they name.
function adding(article) {
  const link = document.createElement("a");
  link.className = "add-here";
  link.textContent = "Add an event here";
  link.hidden = true;
  link.addEventListener("mousedown", (event) => event.preventDefault()); // it would end the selection
  document.body.append(link);
  document.addEventListener("selectionchange", () => {
    const found = selected(article);
    link.hidden = !found;
    if (!found) return;
    const { words, at, place } = found;
    link.href = `${article.dataset.add}?${new URLSearchParams({ words, at })}`;
    link.style.left = `${Math.max(8, place.left + scrollX)}px`;
    link.style.top = `${place.bottom + scrollY + 6}px`;
  });
}

// The whole words that are selected within a paragraph, and the byte of the report at which they begin.
function selected(article) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer;
  const paragraph = (within.closest ? within : within.parentElement)?.closest("p[data-at]");
  if (!paragraph || !article.contains(paragraph)) return null;
  const before = document.createRange();
  before.selectNodeContents(paragraph);
  before.setEnd(range.startContainer, range.startOffset);
  const text = paragraph.textContent;
  let from = before.toString().length;
  let to = from + range.toString().length;
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  const isWord = (at) => /[\p{L}\p{N}]/u.test(text[at] ?? "");
  while (from < to && isWord(from - 1) && isWord(from)) from -= 1;
  while (from < to && isWord(to - 1) && isWord(to)) to += 1;
  if (from >= to || to - from > LONGEST) return null;
  const at = Number(paragraph.dataset.at) + new TextEncoder().encode(text.slice(0, from)).length;
  return { words: text.slice(from, to), at, place: range.getBoundingClientRect() };
}
