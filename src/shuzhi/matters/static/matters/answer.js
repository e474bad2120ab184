// An answer is kept on this device, words and photographs, until it has been sent or thrown away.
// Kept for one account and one address; forgotten after two weeks.
(() => {
  const STORE = "answers";
  const KEPT_DAYS = 14;
  const MIB = 1024 * 1024;
  const SENT = "matters-sent";
  const form = document.querySelector("form[data-keep]");
  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open("shuzhi-matters", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  opened.catch(() => undefined); // a browser that keeps nothing still sends

  async function store(mode, work) {
    const base = await opened;
    return new Promise((done, failed) => {
      const turn = base.transaction(STORE, mode);
      const asked = work(turn.objectStore(STORE));
      turn.oncomplete = () => done(asked.result);
      turn.onerror = () => failed(turn.error);
    });
  }

  const forget = (key) => store("readwrite", (kept) => kept.delete(key)).catch(() => undefined);

  async function clean() {
    const limit = Date.now() - KEPT_DAYS * 86400000;
    const keys = await store("readonly", (kept) => kept.getAllKeys());
    for (const key of keys) {
      const held = await store("readonly", (kept) => kept.get(key));
      if (!held || held.at < limit) await forget(key);
    }
  }

  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const refused = document.querySelector(".sz-wrong-summary");
  if (sent && !refused && document.querySelector(".sz-messages .alert-success")) forget(sent);
  clean().catch(() => undefined);
  if (!form) return; // a page after sending: all that was left to do is done

  const key = `${form.dataset.who} ${form.dataset.keep}`;
  const boxes = () => [...form.querySelectorAll("[data-files]")];
  const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "button", "password"].includes(field.type));
  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  const nameOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
  let timer = 0;

  function note(words, button) {
    const line = document.createElement("div");
    line.className = "alert alert-info matter-note";
    line.setAttribute("role", "status");
    line.append(words, " ");
    if (button) line.append(button);
    form.querySelector(".matter-note")?.remove();
    form.prepend(line);
    return line;
  }

  async function save() {
    const values = Object.fromEntries(fields().map((field) => [nameOf(field), ticked(field) ? field.checked : field.value]));
    const files = Object.fromEntries(boxes().map((box) => [box.dataset.files, window.matterFiles(box).files]));
    const filled = Object.values(values).some((value) => value) || Object.values(files).some((held) => held.length);
    if (!filled) return forget(key);
    return store("readwrite", (kept) => kept.put({ at: Date.now(), values, files }, key));
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => save().catch(() => undefined), 300);
  }

  function fill(held) {
    document.dispatchEvent(new CustomEvent("matters:rows", { detail: Object.keys(held.values) }));
    for (const field of fields()) {
      const value = held.values[nameOf(field)];
      if (value === undefined) continue;
      if (ticked(field)) field.checked = value;
      else field.value = value;
    }
    for (const box of boxes()) window.matterFiles(box).set(held.files[box.dataset.files] || []);
  }

  async function restore() {
    const held = await store("readonly", (kept) => kept.get(key));
    if (!held) return;
    if (refused) { // the words are on the page again; the photographs only here
      for (const box of boxes()) window.matterFiles(box).set(held.files[box.dataset.files] || []);
      return;
    }
    fill(held);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = form.dataset.discard;
    const line = note(form.dataset.restored, button);
    button.addEventListener("click", async () => {
      await forget(key);
      form.reset();
      for (const box of boxes()) window.matterFiles(box).set([]);
      line.remove();
    });
  }

  form.addEventListener("input", later);
  form.addEventListener("matters:files", later);
  form.addEventListener("submit", (event) => {
    const size = boxes().flatMap((box) => window.matterFiles(box).files).reduce((sum, file) => sum + file.size, 0);
    const limit = Math.max(0, ...boxes().map((box) => Number(box.dataset.total))) * MIB;
    const words = !navigator.onLine ? form.dataset.offline : size > limit && limit ? form.dataset.tooMuch : "";
    if (words) {
      event.preventDefault();
      delete form.dataset.sending;
      note(words).scrollIntoView({ block: "center" });
    } else sessionStorage.setItem(SENT, key);
    clearTimeout(timer);
    save().catch(() => undefined);
  });
  restore().catch(() => undefined);
})();
