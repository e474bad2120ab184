// The grid of figures as a worksheet: arrows and Enter lead from cell to cell, a block copied from
// Excel is pasted where one stands, and what is not saved yet is marked, counted, asked about and
// kept in this tab.
"use strict";
const form = document.querySelector("[data-grid]");
const grid = [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
const cells = grid.flat();
const shown = JSON.parse(form.elements.shown.value);
const state = form.querySelector("[data-state]");
const KEPT = `figures:${location.pathname}`;
let overwritten = []; // what the last paste wrote over, as long as nothing was typed since
let leaving = false;

const before = (cell) => shown[cell.name] ?? "";
const changed = (cell) => cell.value !== before(cell);

function tell(beyond = 0) {
  for (const cell of cells) {
    cell.classList.toggle("ap-changed", changed(cell));
    cell.classList.toggle("ap-blank", cell.value === "");
  }
  const mine = cells.filter(changed);
  sessionStorage.setItem(KEPT, JSON.stringify(mine.map((cell) => [cell.name, before(cell), cell.value])));
  const words = [[mine.length, form.dataset.changed], [beyond, form.dataset.beyond]];
  const told = words.filter(([count]) => count).map(([count, text]) => text.replace("{n}", count)).join(" ");
  if (state.textContent !== told) state.textContent = told;
}

// What was left unsaved comes back, but not where somebody else has written since.
for (const [name, was, text] of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) {
  const cell = cells.find((one) => one.name === name);
  if (cell && before(cell) === was && !changed(cell)) cell.value = text;
}

function placeOf(cell) {
  const row = grid.findIndex((line) => line.includes(cell));
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
  if (rows.at(-1).length === 1 && rows.at(-1)[0] === "") rows.pop(); // Excel ends the last row too
  return rows;
}

form.addEventListener("paste", (event) => {
  const block = blockOf(event.clipboardData.getData("text"));
  if (!event.target.matches("tbody input") || block.flat().length < 2) return;
  event.preventDefault();
  const [top, left] = placeOf(event.target);
  let beyond = 0;
  overwritten = [];
  block.forEach((texts, down) => texts.forEach((text, right) => {
    const cell = grid[top + down]?.[left + right];
    if (!cell) { beyond += 1; return; }
    overwritten.push([cell, cell.value]);
    cell.value = text;
  }));
  tell(beyond);
});

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// Left and right leave a cell only from its edge: inside it they move between its characters.
function leaves(cell, right) {
  const { selectionStart: start, selectionEnd: end, value } = cell;
  return (start === 0 && end === value.length) || (start === end && start === (right > 0 ? value.length : 0));
}

function stepOf(event) {
  if (event.shiftKey) return event.key === "Enter" ? [-1, 0] : null;
  const step = STEPS[event.key];
  return step && (!step[1] || leaves(event.target, step[1])) ? step : null;
}

form.addEventListener("keydown", (event) => {
  if (!event.target.matches("tbody input") || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "z" || event.shiftKey || !overwritten.length) return;
    event.preventDefault();
    for (const [cell, text] of overwritten.splice(0)) cell.value = text;
    tell();
    return;
  }
  const step = stepOf(event);
  if (!step) return;
  event.preventDefault();
  const [row, column] = placeOf(event.target);
  const next = grid[row + step[0]]?.[column + step[1]];
  next?.focus();
  next?.select();
});

form.addEventListener("input", () => { overwritten = []; tell(); });
addEventListener("submit", (event) => { if (!event.defaultPrevented) leaving = true; });
addEventListener("pageshow", () => { leaving = false; });
addEventListener("beforeunload", (event) => { if (!leaving && cells.some(changed)) event.preventDefault(); });
tell();
