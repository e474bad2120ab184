// Rating controls for one reporter: big buttons, a row of buttons per topic, or slider and number.
"use strict";

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

// A choice may be taken back: pressing it again leaves the item without a mark.
function choiceControl(item, values, current, changed) {
  let held = current;
  const hold = (value) => changed((held = value));
  const buttons = values.map((value) => {
    const input = make("input", { type: "radio", name: item.id, value, checked: value === current });
    input.addEventListener("click", () => {
      if (held === value) input.checked = false;
      hold(input.checked ? value : null);
    });
    return make("label", {}, input, make("span", { textContent: value }));
  });
  return make("div", { className: "choices" }, ...buttons);
}

function numberControl(item, scale, current, changed, words) {
  const limits = { min: scale.from, max: scale.to, step: scale.step };
  const number = make("input", { type: "number", inputMode: "numeric", ...limits, value: current ?? "" });
  const slider = make("input", { type: "range", ...limits, value: current ?? scale.to });
  number.setAttribute("aria-label", `${item.title} ${words.points}`);
  slider.setAttribute("aria-label", item.title);
  const fits = (value) => value !== "" && number.validity.valid;
  slider.classList.toggle("untouched", current == null);
  function show(value) {
    slider.classList.toggle("untouched", value === null);
    number.toggleAttribute("aria-invalid", number.value !== "" && value === null);
    changed(value);
  }
  slider.addEventListener("input", () => { number.value = slider.value; show(slider.value); });
  slider.addEventListener("click", () => { number.value = slider.value; show(slider.value); });
  number.addEventListener("input", () => {
    const value = fits(number.value) ? String(Number(number.value)) : null;
    if (value !== null) slider.value = value;
    show(value);
  });
  return make("div", { className: "numbers" }, slider, number);
}

function itemControl(item, deck, current, changed, words) {
  const control = deck.scale.choices
    ? choiceControl(item, deck.scale.choices, current, changed)
    : numberControl(item, deck.scale, current, changed, words);
  return make("fieldset", {}, make("legend", { textContent: item.title }), control);
}
