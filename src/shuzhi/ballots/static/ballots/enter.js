// Typing a code: finds its poll and goes there with the code in the fragment.
"use strict";

const form = document.getElementById("enter");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const note = document.getElementById("note");
  try {
    const answer = await post(form.dataset.find, { code: form.elements.code.value });
    if (answer.ok) location.assign(answer.body.url);
    else note.textContent = answer.body.message;
  } catch {
    note.textContent = form.dataset.offline;
  }
});
