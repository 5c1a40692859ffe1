// The filter form: a box that is ticked is applied at once, and what is empty stays out of the address.
export function start(form) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const name of new Set(formData.keys())) {
      const values = formData.getAll(name).filter((value) => value.trim() !== "");
      formData.delete(name);
      if (name === "order" && values[0] === "newest") continue;
      for (const value of values) formData.append(name, value);
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox], input[type=date], select")) send(form);
  });
  form.addEventListener("submit", () => document.body.classList.add("loading"));
  // The place in the column of facets is kept over the change.
  const place = keep(null);
  if (place) scrollTo(0, Number(place));
}

// Gives what was kept and keeps something else, where storage is allowed.
function keep(value) {
  try {
    const before = sessionStorage.getItem("scroll");
    if (value === null) sessionStorage.removeItem("scroll");
    else sessionStorage.setItem("scroll", value);
    return before;
  } catch {
    return null;
  }
}

function send(form) {
  keep(String(scrollY));
  form.requestSubmit();
}

// Back from the cache of pages, nothing is loading any more.
addEventListener("pageshow", () => document.body.classList.remove("loading"));
