// Adds a box that chooses all lines of a form or of a part of one, and says how
// many are chosen.
for (const part of document.querySelectorAll("[data-choose]")) {
  const boxes = [...part.querySelectorAll('input[type="checkbox"]')];
  const all = Object.assign(document.createElement("input"), { type: "checkbox" });
  const label = Object.assign(document.createElement("label"), { className: "choice" });
  const count = Object.assign(document.createElement("output"), { className: "count-chosen" });
  label.append(all, part.dataset.choose, count);
  const buttons = part.querySelector(".buttons");
  if (buttons) {
    buttons.prepend(label);
  } else {
    part.querySelector("legend").after(label);
  }

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = `${chosen} / ${boxes.length}`;
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    show();
  });
  part.addEventListener("change", show);
  show();
}
