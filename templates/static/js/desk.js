// The texts of a review: a toolbar that works by keyboard, a preview that the
// server prints, a search for figures, and drafts that are kept. Without scripts
// the form's buttons do the same.

const form = document.getElementById("writing");
const quiet = 1500;

const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// replace puts text in the place of a stretch, so that undo still works, and
// selects the part of it from a to b.
const replace = (field, from, to, text, a = text.length, b = a) => {
  field.focus();
  field.setSelectionRange(from, to);
  if (!document.execCommand?.("insertText", false, text)) field.setRangeText(text, from, to, "end");
  field.setSelectionRange(from + a, from + b);
  changed(field);
};

// around puts marks on both sides of what is selected, or takes them away.
const around = (field, mark) => {
  const { selectionStart: from, selectionEnd: to, value } = field;
  const text = value.slice(from, to);
  const n = mark.length;
  if (value.slice(from - n, from) === mark && value.slice(to, to + n) === mark) replace(field, from - n, to + n, text, 0, text.length);
  else replace(field, from, to, mark + text + mark, n, n + text.length);
};

// before puts a mark before each line that is selected.
const before = (field, mark) => {
  const { value } = field;
  const from = value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = value.indexOf("\n", field.selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const has = lines.every((line) => line.startsWith(mark));
  replace(field, from, to, lines.map((line) => (has ? line.slice(mark.length) : mark + line)).join("\n"));
};

// footnote puts a mark at the cursor and its definition at the end of the text.
const footnote = (field) => {
  let n = 1;
  while (field.value.includes(`[^${n}]`)) n += 1;
  const at = field.selectionEnd;
  replace(field, at, at, `[^${n}]`);
  const end = field.value.trimEnd();
  const definition = `${/\n\[\^[^\]]+\]: [^\n]*$/.test(end) ? "\n" : "\n\n"}[^${n}]: `;
  replace(field, end.length, field.value.length, `${definition}measure:`, definition.length, definition.length + 8);
};

const tools = {
  bold: (field) => around(field, "**"),
  italic: (field) => around(field, "*"),
  heading: (field) => before(field, "## "),
  list: (field) => before(field, "- "),
  link: (field) => {
    const { selectionStart: from, selectionEnd: to } = field;
    const text = field.value.slice(from, to);
    replace(field, from, to, `[${text}](https://)`, text.length + 3, text.length + 11);
  },
  footnote,
  figure: (field) => {
    const at = field.selectionEnd;
    replace(field, at, at, "{{figure }}", 9);
  },
};

const keys = { b: "bold", i: "italic", k: "link" };

// useToolbar: one stop of the tab key, arrows within.
const useToolbar = (column, field) => {
  const bar = column.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("button")];
  bar.hidden = false;
  buttons.forEach((button, i) => { button.tabIndex = i ? -1 : 0; });
  bar.addEventListener("click", (event) => tools[event.target.closest("button")?.dataset.does]?.(field));
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    buttons.forEach((button) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
  });
  field.addEventListener("keydown", (event) => {
    const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.key.toLowerCase()];
    if (!tool) return;
    event.preventDefault();
    tools[tool](field);
  });
};

const send = (url, language, field, signal) => {
  const body = new URLSearchParams({ language, body: field.value, version: form.elements[`version.${language}`].value });
  return fetch(url, { method: "POST", body, redirect: "manual", signal });
};

// usePreview prints the text as the review will, after a moment of quiet.
const usePreview = (column, field, language) => {
  const page = column.querySelector("[data-page]");
  let timer;
  let running;
  const print = async () => {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await send(form.dataset.preview, language, field, running.signal);
      if (!answer.ok) return;
      const printed = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-page]");
      page.replaceChildren(...printed.childNodes);
    } catch {
      // a newer text is being printed, or the network is away: the next key tries again
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(print, quiet / 2);
  });
};

const words = document.getElementById("saved")?.dataset ?? {};

const say = (text, link) => {
  const line = document.getElementById("saved");
  line.textContent = text;
  if (link) line.append(" ", Object.assign(document.createElement("a"), { href: form.dataset.signIn, textContent: words.signInText }));
};

// keepDrafts sends what is typed to the server, where only its author finds it.
const keepDrafts = (field, language) => {
  let timer;
  let kept = field.hasAttribute("data-unsaved") ? "" : field.value;
  const keep = async () => {
    clearTimeout(timer);
    const text = field.value;
    if (text === kept) return;
    try {
      const answer = await send(form.dataset.draft, language, field);
      if (answer.ok) {
        kept = text;
        const { overtaken } = await answer.json();
        const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        say(words.saved.replace("{time}", time) + (overtaken ? ` ${words.overtaken}` : ""));
      } else if (answer.status === 422) say((await answer.json()).problem);
      else if (answer.status === 401 || answer.type === "opaqueredirect") say(words.ended, true);
      else say(words.failed);
    } catch {
      say(words.offline);
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, quiet);
  });
  addEventListener("online", keep);
  for (const other of document.querySelectorAll("form")) if (other !== form) other.addEventListener("submit", keep);
  addEventListener("visibilitychange", () => document.hidden && keep());
  return () => field.value !== kept;
};

// useFigures looks for figures while somebody types into {{figure …}}.
const useFigures = (column, field, language) => {
  const list = column.querySelector("[role=listbox]");
  list.id = `offers-${language}`;
  let asked;
  let timer;
  let place;
  const shut = () => {
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (option) => {
    const { from } = place;
    const rest = field.value.slice(field.selectionEnd).match(/^[^{}\n]*\}\}/)?.[0].length ?? 0;
    replace(field, from, field.selectionEnd + rest, option.dataset.directive);
    shut();
  };
  const look = async () => {
    const at = field.selectionEnd;
    const typed = field.value.slice(0, at).match(/\{\{figure +([^{}|\n]*)$/);
    if (!typed || typed[1].trim().length < 2) return shut();
    place = { from: at - typed[0].length };
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.figures}?${new URLSearchParams({ q: typed[1].trim(), lang: language })}`, { signal: asked.signal });
      if (!answer.ok) return shut();
      const found = await answer.json();
      list.replaceChildren(...(found.figures ?? found).slice(0, 12).map((one, i) => Object.assign(document.createElement("li"), {
        id: `offer-${language}-${i}`, role: "option", textContent: `${one.label}: ${one.printed ?? one.value ?? ""}`,
      })));
      [...list.children].forEach((option, i) => {
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.directive = (found.figures ?? found)[i].directive;
      });
      list.hidden = list.children.length === 0;
    } catch {
      shut();
    }
    return undefined;
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 250);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const options = [...list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? options.length - 1 : at - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = options[(to + options.length) % options.length];
      options.forEach((option) => option.setAttribute("aria-selected", String(option === next)));
      field.setAttribute("aria-activedescendant", next.id);
      next.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(options[at]);
    } else if (event.key === "Escape") shut();
  });
  field.addEventListener("blur", () => setTimeout(shut, 200));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
};

// insert puts a suggestion where the cursor is, and its source at the end.
const insert = (button, field) => {
  const { insert: text, mark, definition } = button.dataset;
  const at = field.selectionEnd;
  const gap = (side) => (side.trim() === "" ? "" : "\n\n");
  const added = `${gap(field.value.slice(0, at))}${text.trim()}${mark}${gap(field.value.slice(at))}`;
  replace(field, at, at, added);
  if (!field.value.includes(definition)) {
    const end = field.value.trimEnd();
    const caret = field.selectionEnd;
    replace(field, end.length, field.value.length, `${/\n\[\^[^\]]+\]: [^\n]*$/.test(end) ? "\n" : "\n\n"}${definition}\n`);
    field.setSelectionRange(caret, caret);
  }
};

if (form) {
  let leaving = false;
  const unsaved = [];
  for (const column of form.querySelectorAll("[data-language]")) {
    const { language } = column.dataset;
    const field = form.elements[`body.${language}`];
    useToolbar(column, field);
    usePreview(column, field, language);
    if (form.dataset.figures) useFigures(column, field, language);
    unsaved.push(keepDrafts(field, language));
    for (const button of column.querySelectorAll("[data-insert]")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        insert(button, field);
      });
    }
  }
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved.some((is) => is())) event.preventDefault();
  });
}
