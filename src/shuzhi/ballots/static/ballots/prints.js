// Slips are printed in a window of their own: the page behind it shows them when one comes back.
"use strict";

let printed = false;
for (const form of document.querySelectorAll("form[data-prints]")) {
  form.addEventListener("submit", () => { printed = true; });
}
addEventListener("focus", () => printed && location.reload());
