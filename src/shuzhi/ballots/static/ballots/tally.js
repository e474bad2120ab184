// Tally sheets: a press adds a stroke, and the count shows as 正.
"use strict";

const STROKES = ["", "一", "丅", "下", "止"];

function drawn(count) {
  return "正".repeat(Math.floor(count / 5)) + STROKES[count % 5];
}

for (const input of document.querySelectorAll(".bl-stroke")) {
  const picture = document.createElement("output");
  const more = document.createElement("button");
  more.type = "button";
  more.className = "btn";
  more.textContent = "+";
  more.setAttribute("aria-label", `${input.getAttribute("aria-label")} ${input.dataset.more}`);
  const box = document.createElement("div");
  box.className = "bl-count";
  input.replaceWith(box);
  box.append(input, more, picture);
  const show = () => { picture.textContent = drawn(Math.min(Number(input.value) || 0, 200)); };
  more.addEventListener("click", () => {
    input.value = (Number(input.value) || 0) + 1;
    show();
  });
  input.addEventListener("input", show);
  show();
}
