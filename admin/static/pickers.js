// A field that means somebody offers names as one types. Without this file it is a plain field, matched when the form is sent.
const FEWEST = 2;
const PAUSE = 200;

function searching(address) {
  let waiting;
  let newest = 0;
  const search = {
    looks: false,
    source(typed, show) {
      const asked = ++newest;
      search.looks = true;
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const found = await offered(address, typed);
        if (asked !== newest) return;
        search.looks = false;
        show(found);
      }, PAUSE);
    },
  };
  return search;
}

async function offered(address, typed) {
  try {
    const reply = await fetch(`${address}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
    return reply.ok ? await reply.json() : [];
  } catch {
    return [];
  }
}

function asText(words) {
  const box = document.createElement("span");
  box.textContent = words ?? "";
  return box.innerHTML;
}

// The library tells of its own hint alone; the field's hint and error belong to it as well.
function keepDescribed(field, ids, invalid) {
  const describe = () => {
    const told = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    const missing = ids.filter((id) => !told.includes(id));
    if (missing.length) field.setAttribute("aria-describedby", [...missing, ...told].join(" "));
  };
  if (invalid) field.setAttribute("aria-invalid", "true");
  describe();
  new MutationObserver(describe).observe(field, { attributeFilter: ["aria-describedby"] });
}

function enhance(plain) {
  const { id, name, value } = plain;
  const ids = (plain.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
  const invalid = plain.classList.contains("govuk-input--error");
  const search = searching(plain.dataset.pick);
  const focused = document.activeElement === plain;
  const box = document.createElement("div");
  box.className = "app-picker";
  plain.replaceWith(box);
  window.accessibleAutocomplete({
    element: box, id, name, defaultValue: value, source: search.source, minLength: FEWEST,
    confirmOnBlur: false, displayMenu: "overlay", inputClasses: invalid ? "govuk-input--error" : "",
    templates: { inputValue: (words) => words ?? "", suggestion: asText },
    tNoResults: () => (search.looks ? "Searching" : "Nothing is found by these words"),
  });
  const field = box.querySelector("input");
  keepDescribed(field, ids, invalid);
  if (focused) field.focus();
}

function loaded(tag, fields) {
  return new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement(tag), fields, { onload: done, onerror: failed }));
  });
}

const fields = document.querySelectorAll("input[data-pick]");
if (fields.length) {
  const library = new URL("./vendor/accessible-autocomplete.min", import.meta.url);
  await Promise.all([loaded("link", { rel: "stylesheet", href: `${library}.css` }), loaded("script", { src: `${library}.js` })]);
  fields.forEach(enhance);
}
