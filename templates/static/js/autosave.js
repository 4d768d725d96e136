// Keeps what is typed into an entry's form: on the server after two seconds of
// quiet, and at once in this browser, until the server has it. What a closed tab
// or an ended session left behind is offered again.

const quiet = 2000;
const old = 30 * 24 * 3600 * 1000; // what nobody came back for is forgotten

// contentOf lists what stands in the fields, without what steers the form.
const contentOf = (form) => {
  const content = {};
  for (const [name, value] of new FormData(form)) {
    if (name.includes(".") && value !== "") content[name] = value.replaceAll("\r\n", "\n");
  }
  return content;
};

const same = (a, b) => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? "") === (b[name] ?? ""));
};

const clock = (time) => new Date(time).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

// fill prints a sentence of the page with a time in it.
const fill = (text, time) => text.replace("{time}", clock(time));

// store is the browser's memory for one person and one entry; a browser that
// has none, or a full one, keeps nothing. What is offered to the person is held
// until there was a choice.
const store = (key) => ({
  held: false,
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return kept && Date.now() - kept.at < old ? kept : null;
    } catch {
      return null;
    }
  },
  write(content) {
    if (this.held) return;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), content }));
    } catch {
      // the server keeps it in a moment
    }
  },
  clear() {
    if (this.held) return;
    try {
      localStorage.removeItem(key);
    } catch {
      // there was nothing
    }
  },
});

// offer shows what was left behind beside what stands in the form, and lets the
// person choose.
const offer = (form, memory, restored) => {
  const panel = document.getElementById("recovery");
  const kept = memory.read();
  const present = contentOf(form);
  if (!panel || !kept || same(kept.content, present)) {
    memory.clear();
    return;
  }
  memory.held = true;
  const heading = panel.querySelector("[data-sentence]");
  heading.textContent = fill(heading.dataset.sentence, kept.at);
  const list = panel.querySelector("[data-differences]");
  const line = panel.querySelector("template");
  for (const name of new Set([...Object.keys(present), ...Object.keys(kept.content)])) {
    if ((present[name] ?? "") === (kept.content[name] ?? "")) continue;
    const item = line.content.cloneNode(true);
    const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
    item.querySelector("[data-field]").textContent = field?.closest("fieldset")?.querySelector("legend")?.textContent.trim() ?? "";
    item.querySelector("[data-kept]").textContent = kept.content[name] ?? "—";
    item.querySelector("[data-present]").textContent = present[name] ?? "—";
    list.append(item);
  }
  panel.hidden = false;
  panel.querySelector("[data-restore]").addEventListener("click", () => {
    memory.held = false;
    put(form, kept.content);
    panel.hidden = true;
    restored();
  });
  panel.querySelector("[data-discard]").addEventListener("click", () => {
    memory.held = false;
    memory.clear();
    panel.hidden = true;
    form.querySelector("input:not([type=hidden]), textarea, select").focus();
  });
};

// put writes a content into the fields; rows that the page does not have yet are
// added by its own button.
const put = (form, content) => {
  for (const name of Object.keys(content)) {
    const rows = name.match(/^(.*)\.\d+\./)?.[1];
    const add = rows && form.querySelector(`button[name=add][value="${CSS.escape(rows)}"]`);
    for (let i = 0; add && !form.elements[name] && i < 250; i++) add.click();
  }
  for (const field of form.elements) {
    if (!field.name?.includes(".")) continue;
    const text = content[field.name] ?? "";
    if (field.type === "radio") field.checked = field.value === text;
    else field.value = text;
  }
};

// keep watches the form.
export const keep = (form) => {
  const memory = store(`gcm-entry:${form.dataset.person}:${form.dataset.entry}`);
  const state = document.getElementById("saved");
  const words = state.dataset;
  let saved = contentOf(form);
  let timer;
  let sending = false;
  let leaving = false;
  let stopped = false;
  let unsaved = form.hasAttribute("data-unsaved");

  const say = (text, tag, properties) => {
    state.textContent = text;
    if (tag) state.append(" ", Object.assign(document.createElement(tag), properties));
  };

  const later = () => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(send, quiet);
  };

  const taken = async (answer, content) => {
    const { version } = await answer.json();
    form.elements.version.value = version;
    saved = content;
    if (same(contentOf(form), content)) {
      unsaved = false;
      memory.clear();
      say(fill(words.saved, Date.now()));
    } else {
      later();
    }
  };

  // refused stops, so that nothing is sent again and again: a mistake until the
  // next key, a change by somebody else or an ended session until the person acts.
  const refused = async (answer) => {
    if (answer.status === 422) {
      const { problems } = await answer.json();
      say(`${words.invalid} ${problems.map((p) => `${p.label}: ${p.text}`).join(" ")}`);
      return;
    }
    stopped = true;
    if (answer.status === 409) say(words.changed, "button", { name: "step", value: "save", className: "quiet", textContent: words.compare });
    else if (answer.status === 401) say(words.ended, "a", { href: words.signIn, textContent: words.signInText });
    else say(words.failed);
  };

  const send = async () => {
    if (sending) return later();
    const content = contentOf(form);
    if (same(content, saved) && !form.hasAttribute("data-unsaved")) {
      unsaved = false;
      memory.clear();
      return undefined;
    }
    sending = true;
    say(words.saving);
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (answer.ok) await taken(answer, content);
      else await refused(answer);
      form.removeAttribute("data-unsaved");
    } catch {
      say(words.offline); // the network is away: the next key or its return tries again
    }
    sending = false;
    return undefined;
  };

  const typed = () => {
    unsaved = true;
    memory.write(contentOf(form));
    later();
  };

  form.addEventListener("input", typed);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    if (unsaved) memory.write(contentOf(form)); // forgotten when the next page shows it
  });
  addEventListener("online", () => unsaved && later());
  addEventListener("beforeunload", (event) => {
    if (unsaved && !leaving) event.preventDefault();
  });
  addEventListener("pageshow", () => { leaving = false; });
  offer(form, memory, typed);
};
