// How many units have each limited grade while one chooses; a reason is asked where a grade differs.
"use strict";
const grades = [...document.querySelectorAll("td[data-computed] select")];
const quotas = [...document.querySelectorAll("[data-quotas] [data-grade]")];

function count() {
  for (const quota of quotas) {
    const held = grades.filter((choice) => choice.value === quota.dataset.grade).length;
    quota.querySelector("output").textContent = held;
    quota.classList.toggle("sz-wrong", held > Number(quota.dataset.most));
  }
  for (const choice of grades) {
    const cell = choice.closest("td");
    cell.nextElementSibling.querySelector("input").required = choice.value !== cell.dataset.computed;
  }
}

grades.forEach((choice) => choice.addEventListener("change", count));
count();
