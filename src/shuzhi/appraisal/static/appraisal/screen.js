// Announces one unit at a time, from the last to the first: button, space or arrow.
const rows = [...document.querySelectorAll("[data-reveal] li")].reverse();
let at = -1;

function next() {
  if (at >= 0) rows[at].removeAttribute("data-now");
  at = Math.min(at + 1, rows.length - 1);
  rows[at].setAttribute("data-now", "");
}

if (rows.length) {
  next();
  document.querySelector("[data-next]").addEventListener("click", next);
  document.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "PageDown") next();
  });
}
