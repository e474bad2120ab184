// The scheme editor: sums while one types, arrows between points, rows that never run out, and
// focus where one goes on. Saving is htmx's.
"use strict";
const work = document.getElementById("sc-work");

const rowsOf = () => [...work.querySelectorAll("[data-at]")];
// What the server would read: full-width digits count, anything but a number does not.
const numberIn = (text) => {
  const plain = text.normalize("NFKC").trim();
  return plain === "" ? NaN : Number(plain);
};
const typed = (row) => {
  const field = row.querySelector(".sc-points");
  return field ? numberIn(field.value) : NaN;
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

// The open form has a field for the same points: it must not bring the old ones back when saved.
function carry(field) {
  const open = work.querySelector("#sc-open").value;
  if (field.closest("tr").dataset.at !== open) return;
  const other = work.querySelector("#sc-panel [name=points]");
  if (other) other.value = Number.isNaN(numberIn(field.value)) ? "" : numberIn(field.value);
}

work.addEventListener("input", (event) => {
  if (!event.target.matches(".sc-points")) return;
  add();
  carry(event.target);
});
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

// What was typed in the open form goes with the form: ask before another part takes its place.
let unsaved = false;
work.addEventListener("input", (event) => { if (event.target.closest("[data-saves]")) unsaved = true; });
document.addEventListener("htmx:confirm", (event) => {
  const { elt, issueRequest } = event.detail;
  if (!unsaved || !work.contains(elt) || elt.matches(".sc-points") || elt.closest("[data-saves]")) return;
  event.preventDefault();
  const dialog = document.getElementById("confirm");
  dialog.querySelector("p").textContent = work.dataset.unsaved;
  dialog.querySelector("[value=yes]").textContent = work.dataset.discard;
  dialog.onclose = () => { if (dialog.returnValue === "yes") issueRequest(true); };
  dialog.returnValue = "";
  dialog.showModal();
});
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// Whoever opens a part goes on in its form; whoever has saved it goes on in the tree, at its row.
// Points that were refused stay as typed, marked, and the sums go on counting what is typed.
document.addEventListener("htmx:afterSettle", (event) => {
  const actor = event.detail.requestConfig?.elt;
  if (!actor) return;
  const refused = event.detail.xhr.status >= 400;
  const goesOn = refused || actor.matches(".sc-points") || actor.parentElement?.closest("[data-saves]");
  if (work.contains(event.target) && !(goesOn && work.querySelector("[data-saves]"))) unsaved = false;
  if (actor.matches("[data-opens]")) {
    const panel = work.querySelector("#sc-panel");
    panel?.querySelector(":is(input, select, textarea):not([type=hidden])")?.focus({ preventScroll: true });
    panel?.scrollIntoView({ block: "nearest" });
    work.querySelector(".sc-chosen")?.scrollIntoView({ block: "nearest" });
  } else if (actor.matches("[data-saves]") && !refused) {
    work.querySelector("[data-tree] [aria-current]")?.focus();
  } else if (actor.matches(".sc-points")) {
    actor.classList.toggle("is-invalid", refused);
    actor.setAttribute("aria-invalid", refused);
    add();
  }
});
