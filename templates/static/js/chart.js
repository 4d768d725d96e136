// Charts that answer: the value at the pointer, the way from value to value by
// arrow keys, and choices that exchange the picture without loading the page anew.
// Without this script the form of the page does the same.

const svgns = "http://www.w3.org/2000/svg";

// read parses what the page says of a drawing: spots in its own units, each with
// [number of the series, its name, label, value].
const read = (figure, box) => {
  const said = JSON.parse(figure.dataset.said);
  return box.dataset.spots.split(" ").filter(Boolean).map((at, i) => {
    const [x, y] = at.split(",").map(Number);
    const [series, name, label, text] = said[i];
    return { x, y, series, label, words: [name, label, text].filter(Boolean).join(" – ") };
  });
};

// next finds the spot to which an arrow key leads.
const next = (spots, from, key) => {
  const at = spots[from];
  if (!at) return 0;
  const own = spots.map((s, i) => i).filter((i) => spots[i].series === at.series);
  const place = own.indexOf(from);
  switch (key) {
    case "ArrowRight": return own[Math.min(place + 1, own.length - 1)];
    case "ArrowLeft": return own[Math.max(place - 1, 0)];
    case "Home": return own[0];
    case "End": return own[own.length - 1];
  }
  const last = spots.at(-1).series;
  if (last === 0) return own[key === "ArrowDown" ? Math.min(place + 1, own.length - 1) : Math.max(place - 1, 0)];
  const series = Math.min(Math.max(at.series + (key === "ArrowDown" ? 1 : -1), 0), last);
  const nearest = spots.map((s, i) => [s, i]).filter(([s]) => s.series === series);
  return nearest.length ? nearest.reduce((a, b) => (Math.abs(b[0].x - at.x) < Math.abs(a[0].x - at.x) ? b : a))[1] : from;
};

const keys = new Set(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End"]);

// wake makes one drawing answer.
const wake = (figure, box) => {
  const spots = read(figure, box);
  const svg = box.querySelector("svg");
  if (!svg || !spots.length) return;
  const ring = document.createElementNS(svgns, "circle");
  ring.setAttribute("r", "6.5");
  ring.setAttribute("class", "ring");
  ring.setAttribute("visibility", "hidden");
  svg.append(ring);
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  box.append(tip, voice);
  box.classList.add("awake");
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", `${figure.querySelector("figcaption").textContent}. ${figure.dataset.keys}`);
  let at = -1;

  const show = (i, aloud) => {
    at = i;
    const spot = spots[i];
    ring.setAttribute("cx", spot.x);
    ring.setAttribute("cy", spot.y);
    ring.setAttribute("visibility", "visible");
    tip.textContent = spot.words;
    tip.hidden = false;
    const scale = svg.clientWidth / svg.viewBox.baseVal.width;
    const left = Math.max(0, Math.min(spot.x * scale - tip.offsetWidth / 2, box.clientWidth - tip.offsetWidth));
    const above = spot.y * scale - tip.offsetHeight - 12;
    tip.style.left = `${left}px`;
    tip.style.top = `${above < 0 ? spot.y * scale + 12 : above}px`;
    if (aloud) voice.textContent = spot.words;
  };
  const hide = () => {
    tip.hidden = true;
    ring.setAttribute("visibility", "hidden");
  };
  const point = (event) => {
    const from = svg.getBoundingClientRect();
    const scale = from.width / svg.viewBox.baseVal.width;
    const [x, y] = [(event.clientX - from.left) / scale, (event.clientY - from.top) / scale];
    const far = (s) => Math.hypot(s.x - x, s.y - y);
    const nearest = spots.reduce((best, s, i) => (far(s) < far(spots[best]) ? i : best), 0);
    show(nearest, false);
  };
  box.addEventListener("pointermove", point);
  box.addEventListener("pointerdown", point);
  box.addEventListener("pointerleave", hide);
  box.addEventListener("blur", hide);
  box.addEventListener("focus", () => show(Math.max(at, 0), true));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    if (!keys.has(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    show(tip.hidden ? Math.max(at, 0) : next(spots, at, event.key), true);
  });
};

const wakeAll = () => {
  for (const figure of document.querySelectorAll("figure[data-said]")) {
    for (const box of figure.querySelectorAll("[data-spots]")) wake(figure, box);
  }
};

// address is what the form asks for; what a chosen view does not show is left out.
const address = (form) => {
  const url = new URL(form.action);
  url.hash = "";
  const data = new FormData(form);
  for (const [name, value] of data) {
    if (value && (name !== "s" || data.get("view") === "time")) url.searchParams.append(name, value);
  }
  return url;
};

// place is what of the address the picture depends on, shown the one that it is of.
const place = () => location.pathname + location.search;
let shown = place();
let loading;

// load exchanges what depends on the address. What was asked for before comes too
// late. When the network fails, the browser goes there by itself and says so.
const load = async (url) => {
  shown = place();
  loading?.abort();
  const { signal } = (loading = new AbortController());
  let text;
  try {
    text = await (await fetch(url, { signal })).text();
  } catch {
    if (!signal.aborted) location.assign(url);
    return;
  }
  const page = new DOMParser().parseFromString(text, "text/html");
  const focus = document.activeElement?.id;
  for (const part of ["#picture", ".languages"]) {
    const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (!old || !fresh) {
      location.assign(url);
      return;
    }
    old.replaceWith(fresh);
  }
  document.title = page.title;
  wakeAll();
  if (focus) document.getElementById(focus)?.focus();
};

document.addEventListener("change", (event) => {
  const form = event.target.closest("form.choose");
  if (!form || event.target.type === "checkbox" && form.querySelectorAll("[name=s]:checked").length === 0) return;
  if (event.target.name === "s" && form.elements.view) form.elements.view.value = "time";
  const url = address(form);
  history.pushState(null, "", url);
  load(url);
});
addEventListener("popstate", () => {
  if (place() !== shown) load(location.href); // else it is a link within the page
});
wakeAll();
