// The scheme editor: sums while one types, arrows between points. Saving is htmx's.
"use strict";
const work = document.getElementById("sc-work");

const rowsOf = () => [...work.querySelectorAll("[data-at]")];
const typed = (row) => {
  const field = row.querySelector(".sc-points");
  return field ? parseFloat(field.value.replace(",", "")) : NaN;
};
const childrenOf = (rows, at) => rows.filter((row) => row.dataset.above === at && row.dataset.bonus === undefined);
const round = (number) => Math.round(number * 1e9) / 1e9;

function worth(rows, row) {
  const own = typed(row);
  if (!Number.isNaN(own)) return own;
  return childrenOf(rows, row.dataset.at).reduce((sum, child) => sum + worth(rows, child), 0);
}

function tell(place, lacking) {
  if (!place) return;
  const words = work.dataset;
  const gap = round(lacking);
  place.textContent = gap === 0 ? words.even : (gap > 0 ? words.short : words.over).replace("{n}", Math.abs(gap));
  place.classList.toggle("sz-wrong", gap !== 0);
}

function add() {
  const rows = rowsOf();
  const sum = (at) => childrenOf(rows, at).reduce((total, row) => total + worth(rows, row), 0);
  for (const row of rows) {
    const own = typed(row);
    const branch = childrenOf(rows, row.dataset.at).length > 0;
    if (!branch || row.dataset.relative !== undefined) continue;
    tell(document.getElementById(`sc-sum-${row.dataset.at}`), Number.isNaN(own) ? 0 : own - sum(row.dataset.at));
  }
  const total = round(sum(""));
  work.querySelector("[data-total]").textContent = total;
  const full = parseFloat(work.querySelector("[data-full]").textContent);
  if (!Number.isNaN(full)) tell(document.getElementById("sc-sum-"), full - total);
}

work.addEventListener("input", (event) => { if (event.target.matches(".sc-points")) add(); });
work.addEventListener("keydown", (event) => {
  if (!event.target.matches(".sc-points") || !["ArrowUp", "ArrowDown", "Enter"].includes(event.key)) return;
  const fields = [...work.querySelectorAll(".sc-points")];
  const next = fields[fields.indexOf(event.target) + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.select();
});
