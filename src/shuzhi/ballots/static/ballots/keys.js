// Single forms: one key a mark, then on to the next field; Backspace in an empty field goes back.
"use strict";

const fields = [...document.querySelectorAll(".bl-key")];
fields.forEach((field, place) => {
  field.addEventListener("input", () => {
    if (field.value) fields[place + 1]?.focus();
  });
  field.addEventListener("focus", () => field.select());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !field.value) fields[place - 1]?.focus();
    if (event.key === "Enter" && fields[place + 1]) {
      event.preventDefault();
      fields[place + 1].focus();
    }
  });
});
fields[0]?.focus();
