// Column widths: drag the edge of a head, or focus it and press the arrow keys; remembered by list.
(() => {
  const STEP = 16;
  const LEAST = 48;

  const store = (table) => "widths:" + table.dataset.widths;
  const read = (table) => JSON.parse(localStorage.getItem(store(table)) || "{}");

  function apply(head, width) {
    head.style.width = head.style.minWidth = width + "px";
    head.querySelector(".sz-grip")?.setAttribute("aria-valuenow", String(Math.round(width)));
  }

  function resize(table, head, width) {
    const size = Math.max(LEAST, Math.round(width));
    apply(head, size);
    localStorage.setItem(store(table), JSON.stringify({ ...read(table), [head.dataset.key]: size }));
  }

  function drag(table, head, event) {
    const from = event.clientX;
    const width = head.offsetWidth;
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (moved) => resize(table, head, width + moved.clientX - from);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", () => handle.removeEventListener("pointermove", move), { once: true });
  }

  function arrows(table, head, event) {
    const steps = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (!steps) return;
    event.preventDefault();
    resize(table, head, head.offsetWidth + steps);
  }

  function addHandle(table, head, label) {
    const handle = document.createElement("span");
    handle.className = "sz-grip";
    handle.tabIndex = 0;
    handle.setAttribute("role", "separator");
    handle.setAttribute("aria-orientation", "vertical");
    handle.setAttribute("aria-valuenow", String(Math.round(head.offsetWidth)));
    handle.setAttribute("aria-label", `${label} ${head.innerText.trim()}`);
    handle.addEventListener("pointerdown", (event) => drag(table, head, event));
    handle.addEventListener("keydown", (event) => arrows(table, head, event));
    head.append(handle);
  }

  function dress(root) {
    const words = document.getElementById("words");
    for (const table of root.querySelectorAll("table[data-widths]:not([data-dressed])")) {
      table.dataset.dressed = "1";
      const widths = read(table);
      for (const head of table.tHead.rows[0].cells) {
        if (widths[head.dataset.key]) apply(head, widths[head.dataset.key]);
        addHandle(table, head, words ? words.dataset.width : "");
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => dress(document));
  document.addEventListener("htmx:afterSwap", (event) => dress(event.target));
})();
