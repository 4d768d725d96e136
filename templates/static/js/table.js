// A table of figures takes what is copied from a spreadsheet and is walked
// through with the arrow keys. Without scripts its cells and the field below it
// do the same.
const form = document.querySelector("form#table");
const body = form.querySelector("tbody");
const said = document.getElementById("pasted");

const fields = (row) => [...row.querySelectorAll("input")];
const rows = () => [...body.rows];

// place tells row and column of a field.
const place = (field) => {
  const row = field.closest("tr");
  return [rows().indexOf(row), fields(row).indexOf(field)];
};

// grow adds an empty row with the next number.
const grow = () => {
  const last = rows().at(-1);
  const row = last.cloneNode(true);
  const to = last.dataset.row.replace(/\d+$/, (n) => Number(n) + 1);
  for (const field of fields(row)) {
    for (const name of ["id", "name"]) field.setAttribute(name, field.getAttribute(name).replace(last.dataset.row, to));
    field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
  for (const text of row.querySelectorAll(".error-text")) text.remove();
  row.dataset.row = to;
  body.append(row);
  form.querySelector("[data-count]").value = rows().length;
};

// spread puts a block into the table, its first cell where the reader stands.
const spread = (block, row, column) => {
  let left = 0;
  block.forEach((cells, down) => {
    while (row + down >= rows().length) grow();
    const line = fields(rows()[row + down]);
    cells.forEach((text, across) => {
      const field = line[column + across];
      if (field) field.value = text.trim();
      else if (text.trim()) left++;
    });
  });
  return left;
};

form.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!event.target.closest("tbody") || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  const block = text.split("\n").map((line) => line.split("\t"));
  const left = spread(block, ...place(event.target));
  said.textContent = left ? said.dataset.full : said.dataset.pasted;
});

form.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!step || !event.target.closest("tbody") || event.ctrlKey || event.metaKey || event.altKey) return;
  const [row, column] = place(event.target);
  const next = rows()[row + step];
  event.preventDefault();
  if (next) fields(next)[column].focus();
});
