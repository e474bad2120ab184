// The scheme editor: sums while one types, arrows between points, rows that never run out, and
// focus where one goes on. Saving is htmx's.
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

// A table always ends with an empty row to write the next one in.
function spare(row) {
  const more = row.cloneNode(true);
  for (const field of more.querySelectorAll("[name]")) {
    field.name = field.name.replace(/-(\d+)-(?=[^-]+$)/, (_, number) => `-${Number(number) + 1}-`);
    if (field.matches("select")) field.selectedIndex = 0;
    else field.value = "";
  }
  row.after(more);
}

work.addEventListener("input", (event) => {
  const row = event.target.closest("[data-rows] tbody tr");
  if (row && !row.nextElementSibling) spare(row);
});

// Whoever opens a part goes on in its form, and need not walk through the tree again.
document.addEventListener("htmx:afterSettle", (event) => {
  const opener = event.detail.requestConfig?.elt;
  if (!opener?.matches("[data-opens]")) return;
  work.querySelector("#sc-panel :is(input, select, textarea):not([type=hidden])")?.focus({ preventScroll: true });
});
