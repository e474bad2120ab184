// Menus are <details>: close them on Escape, on a press elsewhere, and when another one opens.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.sz-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.sz-menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
