// The form of an entry: rows are added and texts copied without a journey to the
// server. Without scripts its buttons do the same.
import { keep } from "./autosave.js";

const form = document.querySelector("form[data-autosave]");

const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

// copy takes a text of the last period over; what was typed stays before it.
const copy = (button) => {
  const field = form.elements[button.dataset.copy];
  const before = button.closest("details").querySelector("[data-previous]").textContent;
  field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${before}` : before;
  field.focus();
  changed(field);
};

// addRow copies the last row with the next number and nothing in it.
const addRow = (button) => {
  const rows = document.getElementById(button.value);
  const last = rows.lastElementChild;
  const row = last.cloneNode(true);
  const from = last.dataset.row;
  const to = from.replace(/\d+$/, (n) => Number(n) + 1);
  const renamed = (text) => text.replaceAll(`${from}.`, `${to}.`);
  row.dataset.row = to;
  for (const node of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      if (node.hasAttribute(name)) node.setAttribute(name, renamed(node.getAttribute(name)));
    }
    node.removeAttribute("aria-invalid");
    if (node.matches("input, textarea")) node.value = "";
    if (node.matches(".error-text, [data-last]")) node.remove();
    if (node.matches("[data-number]")) node.textContent = Number(node.textContent) + 1;
  }
  rows.append(row);
  row.querySelector("input, select").focus();
};

if (form) {
  for (const button of form.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=add]");
    if (button) {
      event.preventDefault();
      addRow(button);
    }
  });
  keep(form);
}
