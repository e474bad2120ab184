// A list fact: rows are added where a script runs; without it the first ones are there.
(() => {
  const AT = "__row__";

  function number(row, at) {
    for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(AT, at);
    for (const label of row.querySelectorAll("[aria-label]")) label.setAttribute("aria-label", label.getAttribute("aria-label").replace(AT, Number(at) + 1));
    for (const list of row.querySelectorAll("datalist")) list.id = list.id.replace(AT, at);
    for (const field of row.querySelectorAll("[list]")) field.setAttribute("list", field.getAttribute("list").replace(AT, at));
  }

  function add(box) {
    const body = box.querySelector("tbody");
    const at = body.rows.length;
    if (at >= Number(box.dataset.most)) return null;
    const row = box.querySelector("template").content.firstElementChild.cloneNode(true);
    number(row, String(at));
    body.append(row);
    if (window.htmx) window.htmx.process(row);
    box.querySelector("[data-add]").disabled = at + 1 >= Number(box.dataset.most);
    return row;
  }

  // A draft with more rows than the page has: bring them in before it is filled.
  document.addEventListener("matters:rows", (event) => {
    for (const box of document.querySelectorAll("[data-rows]")) {
      const wanted = event.detail.filter((name) => name.startsWith(box.dataset.rows + "-")).map((name) => Number(name.slice(box.dataset.rows.length + 1).split("-")[0]));
      while (box.querySelector("tbody").rows.length <= Math.max(-1, ...wanted) && add(box));
    }
  });

  for (const box of document.querySelectorAll("[data-rows]")) {
    const button = box.querySelector("[data-add]");
    button.classList.remove("d-none");
    button.addEventListener("click", () => add(box)?.querySelector("input, select, textarea").focus());
  }
})();
