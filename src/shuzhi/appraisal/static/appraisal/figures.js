// The grid of figures as a worksheet: arrows and Enter lead from cell to cell, a block copied from
// Excel is pasted where one stands, and what is not saved yet is marked, counted and asked about.
"use strict";
const form = document.querySelector("[data-grid]");
const grid = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
const shown = JSON.parse(form.elements.shown.value);
const state = form.querySelector("[data-state]");
let leaving = false;

const changed = (cell) => cell.value !== (shown[cell.name] ?? "");

function tell(beyond) {
  let count = 0;
  for (const cell of grid.flat()) {
    cell.classList.toggle("ap-changed", changed(cell));
    cell.classList.toggle("ap-blank", cell.value === "");
    if (changed(cell)) count += 1;
  }
  const words = [count && form.dataset.changed.replace("{n}", count), beyond && form.dataset.beyond.replace("{n}", beyond)];
  state.textContent = words.filter(Boolean).join(" ");
  return count;
}

function placeOf(cell) {
  const row = grid.findIndex((cells) => cells.includes(cell));
  return [row, grid[row].indexOf(cell)];
}

// Rows end with a line break, cells with a tab; a cell with either in it stands in quotation marks.
function blockOf(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  if (rows.at(-1).join("") === "") rows.pop(); // Excel ends the last row as well
  return rows;
}

form.addEventListener("paste", (event) => {
  const block = blockOf(event.clipboardData.getData("text"));
  if (!event.target.matches("tbody input") || block.flat().length < 2) return;
  event.preventDefault();
  const [top, left] = placeOf(event.target);
  let beyond = 0;
  block.forEach((cells, down) => cells.forEach((text, right) => {
    const cell = grid[top + down]?.[left + right];
    if (cell) cell.value = text;
    else beyond += 1;
  }));
  tell(beyond);
});

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// Left and right leave a cell only from its edge: inside it they move between its characters.
function leaves(cell, right) {
  const { selectionStart: start, selectionEnd: end, value } = cell;
  return (start === 0 && end === value.length) || (start === end && start === (right > 0 ? value.length : 0));
}

form.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("tbody input")) return;
  const [down, right] = event.shiftKey && event.key === "Enter" ? [-1, 0] : step;
  if (right && (event.shiftKey || !leaves(event.target, right))) return;
  event.preventDefault();
  const [row, column] = placeOf(event.target);
  const next = grid[row + down]?.[column + right];
  next?.focus();
  next?.select();
});

form.addEventListener("input", () => tell(0));
form.addEventListener("submit", () => { leaving = true; });
addEventListener("beforeunload", (event) => { if (!leaving && tell(0)) event.preventDefault(); });
tell(0);
