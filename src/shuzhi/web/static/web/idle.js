// Idle time-out: what a person types keeps the session alive; silence is warned about, then ends it.
(() => {
  const dialog = document.getElementById("idle");
  if (!dialog) return;
  const LIMIT = Number(document.body.dataset.idleSeconds) * 1000;
  const WARNING = Math.min(120_000, LIMIT / 4);
  const RENEWAL = Math.min(240_000, LIMIT / 4);
  const SEEN = "seen"; // shared by all tabs of this browser
  const form = dialog.querySelector("form");
  let renewed = Date.now();

  // Nobody is there to answer what a page asks about unsaved text.
  addEventListener("beforeunload", (event) => { if (dialog.open) event.stopImmediatePropagation(); }, true);

  const seen = () => Number(localStorage.getItem(SEEN) || 0);
  const mark = () => localStorage.setItem(SEEN, String(Date.now()));

  function renew() {
    renewed = Date.now();
    mark();
    fetch(dialog.dataset.alive, { method: "POST", body: new FormData(form), redirect: "manual" });
  }

  function active() {
    if (dialog.open) return;
    mark();
    if (Date.now() - renewed > RENEWAL) renew();
  }

  function look() {
    const quiet = Date.now() - seen();
    if (quiet >= LIMIT) form.submit();
    else if (quiet >= LIMIT - WARNING) {
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) dialog.close();
  }

  mark();
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    document.addEventListener(kind, active, { passive: true });
  }
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.dataset && event.target.dataset.poll === undefined) mark();
  });
  dialog.addEventListener("close", renew);
  dialog.querySelector("button").addEventListener("click", () => dialog.close());
  setInterval(look, Math.min(5_000, WARNING / 4));
})();
