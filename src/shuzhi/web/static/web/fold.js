// On a phone the navigation folds away behind a button; without scripts it stands open.
// Not deferred: it must be folded before the page is first drawn.
(() => {
  const button = document.querySelector(".sz-fold");
  const cycle = document.getElementById("cycle");
  button.hidden = false;
  cycle.dataset.folded = "1";
  button.addEventListener("click", () => {
    const open = cycle.toggleAttribute("data-open");
    button.setAttribute("aria-expanded", String(open));
  });
})();
