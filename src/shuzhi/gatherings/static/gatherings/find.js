// Narrows the roll at the door while somebody types a name.
const box = document.querySelector("[data-find]");
box?.addEventListener("input", () => {
  const wanted = box.value.trim();
  for (const row of document.querySelectorAll(box.dataset.find)) {
    row.hidden = wanted !== "" && !row.textContent.includes(wanted);
  }
});
