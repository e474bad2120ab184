// Forms: ask before what cannot be undone, send once, keep what was typed in this tab.
(() => {
  const PREFIX = "draft:";
  const SENT = "draft-sent";
  const SKIPPED = ["password", "file", "hidden", "submit", "button"];

  const keyOf = (form) => PREFIX + location.pathname + "#" + [...document.forms].indexOf(form);
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !SKIPPED.includes(field.type));
  const keeps = (form) => form.method === "post" && form.dataset.draft !== "own" && (form.dataset.draft !== undefined || form.querySelector("textarea"));
  const valueOf = (field) => (field.type === "checkbox" || field.type === "radio" ? field.checked : field.value);

  function save(form) {
    sessionStorage.setItem(keyOf(form), JSON.stringify(fieldsOf(form).map((field) => [field.name, valueOf(field)])));
  }

  function put(field, value) {
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }

  function restore(form) {
    const stored = sessionStorage.getItem(keyOf(form));
    if (!stored) return;
    const fields = fieldsOf(form);
    const draft = JSON.parse(stored);
    if (draft.length !== fields.length) return;
    const before = fields.map(valueOf);
    if (draft.every(([, value], index) => value === before[index])) return;
    fields.forEach((field, index) => put(field, draft[index][1]));
    offerToDiscard(form, () => fields.forEach((field, index) => put(field, before[index])));
  }

  function offerToDiscard(form, undo) {
    const words = document.getElementById("words").dataset;
    const note = document.createElement("div");
    note.className = "alert alert-info sz-draft";
    note.setAttribute("role", "status");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = words.draftDiscard;
    button.addEventListener("click", () => {
      undo();
      sessionStorage.removeItem(keyOf(form));
      note.remove();
    });
    note.append(words.draftRestored, " ", button);
    form.prepend(note);
  }

  function ask(form, button) {
    const dialog = document.getElementById("confirm");
    dialog.querySelector("p").textContent = (button && button.dataset.confirm) || form.dataset.confirm;
    dialog.querySelector("[value=yes]").textContent = button ? button.textContent : "";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "1";
      form.requestSubmit(button);
    };
    dialog.returnValue = "";
    dialog.showModal();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const question = (button && button.dataset.confirm) || form.dataset.confirm;
    if (question && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopPropagation();
      ask(form, button);
      return;
    }
    delete form.dataset.confirmed;
    if (form.method !== "post") return;
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (keeps(form)) sessionStorage.setItem(SENT, keyOf(form));
    form.dataset.sending = "1";
    setTimeout(() => delete form.dataset.sending, 4000);
  }, true);

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && keeps(form)) save(form);
  });

  document.addEventListener("DOMContentLoaded", () => {
    const sent = sessionStorage.getItem(SENT);
    if (sent && document.querySelector(".sz-messages .alert-success")) sessionStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
    [...document.forms].filter(keeps).forEach(restore);
    const wrong = document.querySelector(".sz-wrong-summary");
    if (wrong) wrong.focus();
  });
})();
