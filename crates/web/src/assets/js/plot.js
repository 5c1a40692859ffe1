// Series: pointing at a bin says what it holds, choosing it shows the reports behind it, drawing over some zooms in.
const LEAST_DRAG = 8; // pixels
const SENTENCES = 4;

export function start(plots) {
  const rows = [...document.querySelectorAll("table.bins tbody tr")];
  const reading = plots.querySelector(".reading-out");
  const behind = plots.querySelector(".behind");
  const figures = [...plots.querySelectorAll(".plot")];
  if (rows.length === 0) return;
  reading.hidden = false;
  reading.textContent = "Point at a bar to read it, click it for the reports behind it, draw over some to zoom in.";

  let at = null;
  let from = null;
  const cursors = figures.map((figure) => mark(figure, "cursor"));
  const brushes = figures.map((figure) => mark(figure, "brush"));

  const place = (event, figure) => {
    const { left, width } = figure.getBoundingClientRect();
    return Math.max(0, Math.min(rows.length - 1, Math.floor(((event.clientX - left) / width) * rows.length)));
  };
  const stand = (element, figure, first, last) => {
    const { width } = figure.getBoundingClientRect();
    element.hidden = false;
    element.style.left = `${(first / rows.length) * width}px`;
    if (last !== undefined) element.style.width = `${((last - first) / rows.length) * width}px`;
  };
  const point = (bin, line) => {
    at = bin;
    figures.forEach((figure, i) => stand(cursors[i], figure, bin + 0.5));
    const cells = [...rows[bin].cells].map((cell) => cell.textContent.trim());
    const heads = figures.length > 1 || plots.classList.contains("several");
    const name = document.createElement("b");
    name.textContent = cells[0];
    const rest = heads
      ? figures.map((f, i) => `${f.querySelector("figcaption b").textContent} ${cells[1 + 2 * i]}`).join(" · ")
      : `${cells[1]} events: ${cells[2]} verbal and ${cells[3]} material cooperation, ${cells[4]} verbal and ${cells[5]} material conflict; mean score ${cells[6] || "none"}`;
    reading.replaceChildren(name, ` ${rest}`);
    return line;
  };
  const choose = async (bin, line) => {
    const row = rows[bin];
    const link = row.querySelectorAll("a")[0] && (plots.classList.contains("several") ? row.cells[1 + 2 * line]?.querySelector("a") : row.querySelector("a"));
    if (!link) return;
    behind.hidden = false;
    behind.replaceChildren("Looking …");
    const found = await look(`${link.href}&order=surest&rows=${SENTENCES}`);
    const all = document.createElement("p");
    const more = document.createElement("a");
    more.href = link.href;
    more.textContent = `All of ${row.cells[0].textContent}`;
    all.append(more);
    behind.replaceChildren(found ? document.adoptNode(found) : "The sentences could not be loaded. ", all);
  };

  figures.forEach((figure, line) => {
    figure.tabIndex = 0;
    figure.setAttribute("aria-label", "Series: arrows move from bar to bar, Enter shows the reports behind one");
    figure.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      from = place(event, figure);
      figure.setPointerCapture(event.pointerId);
      event.preventDefault();
      figure.dataset.x = event.clientX;
    });
    figure.addEventListener("pointermove", (event) => {
      const bin = place(event, figure);
      point(bin, line);
      if (from !== null && Math.abs(event.clientX - Number(figure.dataset.x)) > LEAST_DRAG) {
        figures.forEach((f, i) => stand(brushes[i], f, Math.min(from, bin), Math.max(from, bin) + 1));
      }
    });
    figure.addEventListener("pointerup", (event) => {
      const bin = place(event, figure);
      const dragged = from !== null && Math.abs(event.clientX - Number(figure.dataset.x)) > LEAST_DRAG;
      if (dragged) zoom(rows[Math.min(from, bin)].dataset.from, rows[Math.max(from, bin)].dataset.to);
      else choose(bin, line);
      from = null;
    });
    figure.addEventListener("pointerleave", () => from === null && cursors.forEach((c) => (c.hidden = true)));
    figure.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -rows.length, End: rows.length }[event.key];
      if (step) point(Math.max(0, Math.min(rows.length - 1, (at ?? -1) + step)), line);
      else if (event.key === "Enter" && at !== null) choose(at, line);
      else return;
      event.preventDefault();
    });
  });
}

// The sentences at an address; null where they cannot be had.
async function look(address) {
  try {
    const answer = await fetch(address);
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".results-list");
  } catch {
    return null;
  }
}

function mark(figure, name) {
  const element = document.createElement("div");
  element.className = name;
  element.hidden = true;
  figure.append(element);
  return element;
}

// The days go into the form, which sends them as everything else.
function zoom(from, to) {
  const form = document.querySelector("form.filters");
  form.elements.from.value = from;
  form.elements.to.value = to;
  form.requestSubmit();
}
