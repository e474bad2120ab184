// The report's editor: saves by itself, keeps what could not be sent on this device, never overwrites.
"use strict";
const editor = document.querySelector("[data-editor]");
const words = editor.dataset;
const saving = document.querySelector("[data-saving]");
const token = editor.querySelector("[name=csrfmiddlewaretoken]").value;
const PAUSE = 1500;
const RETRY = 5000;
const WRITTEN = 20;

class Section {
  constructor(element) {
    this.element = element;
    this.topic = element.dataset.section;
    this.field = element.querySelector("textarea");
    this.mark = element.querySelector(".ap-mark");
    this.conflict = element.querySelector(".ap-conflict");
    this.base = Number(element.dataset.revision);
    this.sent = this.field.value;
    this.key = `${words.keep}-${this.topic}`;
    this.field.addEventListener("input", () => this.changed());
    this.restore();
  }

  get dirty() { return this.field.value !== this.sent; }

  get written() { return this.field.value.trim().length >= WRITTEN; }

  changed() {
    localStorage.setItem(this.key, this.field.value);
    this.mark.textContent = this.written ? words.written : words.empty;
    count();
    saving.textContent = words.waiting;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  restore() {
    const kept = localStorage.getItem(this.key);
    if (kept === null || kept === this.field.value) return;
    this.field.value = kept;
    this.changed();
  }

  // Whoever asks while a text is on its way waits for that answer.
  save() {
    if (!this.sending && this.dirty && this.conflict.hidden) this.sending = this.send();
    return this.sending;
  }

  async send() {
    const text = this.field.value;
    try {
      const answer = await fetch(words.editor, {
        method: "POST",
        headers: {"X-CSRFToken": token},
        body: new URLSearchParams({topic: this.topic, text, base: this.base}),
      });
      await this.answered(answer, text);
    } catch {
      saving.textContent = words.offline;
      this.timer = setTimeout(() => this.save(), RETRY);
    }
    this.sending = null;
    if (this.dirty) this.timer = setTimeout(() => this.save(), RETRY);
  }

  async answered(answer, text) {
    if (answer.redirected || !(answer.headers.get("content-type") || "").includes("json")) throw new Error("no answer");
    const said = await answer.json();
    if (answer.status === 409) return this.ask(said);
    if (!answer.ok) { saving.textContent = said.message; return; }
    this.base = said.revision;
    this.sent = text;
    if (!this.dirty) localStorage.removeItem(this.key);
    saving.textContent = `${words.saved} ${new Date().toLocaleTimeString([], {hour: "2-digit", minute: "2-digit"})}`;
  }

  ask(said) {
    const note = document.createElement("p");
    note.textContent = words.conflict;
    const other = document.createElement("pre");
    other.textContent = said.text;
    const choose = (label, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn";
      button.textContent = label;
      button.addEventListener("click", () => { this.base = said.revision; this.conflict.hidden = true; act(); });
      return button;
    };
    const mine = choose(words.mine, () => { this.sent = said.text; this.changed(); });
    const theirs = choose(words.theirs, () => { this.field.value = this.sent = said.text; localStorage.removeItem(this.key); });
    this.conflict.replaceChildren(note, other, mine, theirs);
    this.conflict.hidden = false;
  }
}

function count() {
  const open = sections.filter((section) => !section.written).length;
  left.textContent = open ? `${left.dataset.left}${open}` : left.dataset.whole;
}

const left = document.querySelector("[data-left]");
const sections = [];
sections.push(...[...editor.querySelectorAll("[data-section]")].map((element) => new Section(element)));
count();

addEventListener("online", () => sections.forEach((section) => section.save()));
addEventListener("beforeunload", (event) => { if (sections.some((section) => section.dirty)) event.preventDefault(); });
document.querySelector("[data-submit]").addEventListener("submit", async (event) => {
  if (!sections.some((section) => section.dirty)) return;
  event.preventDefault();
  const save = () => Promise.all(sections.map((section) => section.save()));
  await save(); // what was on its way
  await save(); // what was typed meanwhile
  if (!sections.some((section) => section.dirty)) event.target.submit();
});
