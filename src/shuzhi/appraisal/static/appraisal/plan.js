// The weights' sum while one types.
"use strict";
const weights = [...document.querySelectorAll("[data-weight]")];
const sum = document.querySelector("[data-weights]");

function add() {
  const total = weights.reduce((so_far, field) => so_far + (parseFloat(field.value) || 0), 0);
  sum.textContent = `${Math.round(total * 100) / 100}${total === 100 ? " ✓" : ""}`;
}

weights.forEach((field) => field.addEventListener("input", add));
if (sum) add();
