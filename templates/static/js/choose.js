// Adds a box that chooses all lines of a form, and says how many are chosen.
for (const form of document.querySelectorAll("form[data-choose]")) {
  const boxes = [...form.querySelectorAll('input[name="code"]')];
  const all = Object.assign(document.createElement("input"), { type: "checkbox" });
  const label = document.createElement("label");
  const count = Object.assign(document.createElement("output"), { className: "count-chosen" });
  label.className = "choice all";
  label.append(all, form.dataset.choose);
  form.querySelector(".buttons").prepend(label);
  form.querySelector(".buttons").append(count);

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = chosen ? `${chosen} / ${boxes.length}` : "";
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    show();
  });
  form.addEventListener("change", show);
  show();
}
