// The rater's page: which screen is shown, and what each button does. State lives in the draft.
"use strict";

const words = document.getElementById("words").dataset;
const addresses = document.body.dataset;
const OVER = ["late", "sealed", "annulled"]; // no draft of this poll is of use any more
const FINAL = ["used", "cancelled", ...OVER]; // this slip's is not
let code = cleanCode(decodeURIComponent(location.hash.slice(1)));
let draft = null;
let deck = null; // form and cards
let order = []; // the cards this rater rates

function cleanCode(text) {
  return text.replace(/[\s-]/g, "").toUpperCase();
}

function say(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function screenOf(name) {
  return document.querySelector(`[data-screen="${name}"]`);
}

function part(name, inside = document) {
  return inside.querySelector(`[data-${name}]`);
}

function show(name, note) {
  for (const screen of document.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
  // A receipt is shown this once: no step may lead away from it by mistake.
  part("language").hidden = name === "receipt";
  const screen = screenOf(name);
  const line = part("note", screen);
  if (line && note !== undefined) line.textContent = note;
  scrollTo(0, 0);
  screen.querySelector("h1").focus({ preventScroll: true });
}

function keep() {
  if (!saveDraft(draft)) part("note", screenOf("summary")).textContent = words.nodraft;
}

// --- starting ---

async function start() {
  const typed = document.getElementById("code");
  if (!code) code = cleanCode(typed.value);
  if (!code) return show("start", words.nocode);
  draft = loadDraft(code);
  try {
    const answer = await post(addresses.slip, { code });
    if (answer.ok) draft.slipInfo = answer.body;
    else if (!(draft.sending && answer.body.code === "used")) return refuse(answer.body);
  } catch {
    if (!draft.slipInfo) return show("start", words.offline);
  }
  return begin();
}

async function begin() {
  try {
    deck = await (await fetch(draft.slipInfo.cards)).json();
  } catch {
    return show("start", words.offline);
  }
  keep();
  if (draft.sending) return submit();
  if (draft.slipInfo.recuse && draft.own === null) return askOwnUnit();
  return deal();
}

function refuse(body) {
  // Once sealed nobody can tell any more whether a ballot without an answer had arrived.
  const unsure = body.code === "sealed" && draft.sending;
  if (OVER.includes(body.code)) clearDrafts();
  else if (FINAL.includes(body.code)) clearDraft(draft);
  if (body.code === "unknown" || body.code === "busy") {
    code = "";
    part("form", screenOf("start")).hidden = false;
    return show("start", body.message);
  }
  screenOf("problem").querySelector(".bar").hidden = FINAL.includes(body.code);
  return show("problem", unsure ? words.unsure : body.message);
}

function askOwnUnit() {
  const select = document.getElementById("own");
  for (const card of deck.cards) select.add(new Option(`${card.unit_title}(${card.name})`, card.subject));
  show("own");
}

function chooseOwnUnit() {
  const chosen = document.getElementById("own").value;
  if (chosen === "?") return show("own", words.choose);
  draft.own = chosen;
  delete draft.marks[chosen];
  delete draft.remarks[chosen];
  keep();
  return deal();
}

function deal() {
  order = deck.cards.filter((card) => card.subject !== draft.own);
  draft.at = Math.min(draft.at, order.length - 1);
  showCard();
}

// --- one reporter ---

function missing(card) {
  const marks = draft.marks[card.subject] || {};
  return deck.items.filter((item) => marks[item.id] === undefined).length;
}

function setMark(card, item, value) {
  const marks = (draft.marks[card.subject] ||= {});
  if (value === null) delete marks[item.id];
  else marks[item.id] = value;
  keep();
}

function showCard() {
  const card = order[draft.at];
  const screen = screenOf("card");
  part("place", screen).textContent = `${draft.at + 1} / ${order.length}`;
  part("name", screen).textContent = card.name;
  part("unit", screen).textContent = card.unit_title;
  part("lines", screen).replaceChildren(...card.lines.map((line) => make("p", { textContent: line })));
  showItems(card, part("items", screen));
  showRemark(card, part("remark", screen));
  screen.querySelector('[data-do="back"]').disabled = draft.at === 0;
  screen.querySelector('[data-do="next"]').textContent = draft.at === order.length - 1 ? words.last : words.next;
  keep();
  show("card");
}

function showItems(card, form) {
  const marks = draft.marks[card.subject] || {};
  form.className = `${deck.items.length > 1 ? "many" : "one"} ${deck.scale.choices ? "" : "span"}`;
  form.replaceChildren(
    ...deck.items.map((item) => itemControl(item, deck, marks[item.id], (value) => setMark(card, item, value), words)),
  );
}

function showRemark(card, box) {
  const text = document.getElementById("remark");
  box.hidden = !deck.remark;
  text.maxLength = deck.remark;
  text.value = draft.remarks[card.subject] || "";
  box.open = text.value !== "";
}

function keepRemark(event) {
  draft.remarks[order[draft.at].subject] = event.target.value;
  keep();
}

function go(step) {
  const target = draft.at + step;
  if (target < 0) return;
  if (target >= order.length) return showSummary();
  draft.at = target;
  showCard();
}

function showReport() {
  const card = order[draft.at];
  const dialog = part("report");
  document.getElementById("report-title").textContent = `${card.unit_title} ${card.name}`;
  part("figures", dialog).replaceChildren(
    ...card.figures.map((fact) => make("div", {}, make("dt", { textContent: fact.label }), make("dd", { textContent: fact.value }))),
  );
  const paragraphs = (card.report || words.noreport).split(/\n+/);
  part("text", dialog).replaceChildren(...paragraphs.map((line) => make("p", { textContent: line })));
  dialog.showModal();
  dialog.scrollTop = 0;
}

// --- names and summary ---

function nameButton(card) {
  const left = missing(card);
  const state = left === 0 ? words.marked : left === deck.items.length ? words.open : say(words.partly, { n: left });
  const button = make("button", { type: "button", className: left ? "" : "done" });
  button.append(make("span", { textContent: card.name }), make("small", { textContent: card.unit_title }), make("small", { className: "state", textContent: state }));
  button.addEventListener("click", () => {
    draft.at = order.indexOf(card);
    showCard();
  });
  return make("li", {}, button);
}

function fillNames(screen, cards) {
  const done = order.filter((card) => !missing(card)).length;
  part("done", screen).textContent = say(words.done, { n: done, all: order.length });
  part("names", screen).replaceChildren(...cards.map(nameButton));
}

function showGrid() {
  fillNames(screenOf("grid"), order);
  show("grid");
}

function showSummary(note = "") {
  const open = order.filter(missing);
  const screen = screenOf("summary");
  fillNames(screen, open);
  part("missing", screen).hidden = !open.length;
  show("summary", note);
}

// --- submitting ---

function ballotOf() {
  const own = draft.slipInfo.recuse ? draft.own : null;
  return { marks: draft.marks, remarks: draft.remarks, own_unit: own };
}

// While an answer is out nothing may be changed: the server may already hold this ballot.
async function submit() {
  draft.sending = true;
  keep();
  show("sending");
  const content = { code, nonce: draft.nonce, ballot: ballotOf() };
  const answer = await postUntilAnswered(addresses.ballot, content, () => {
    part("note", screenOf("sending")).textContent = words.waiting;
  });
  if (answer.ok) return finish(answer.body.receipt);
  if (answer.body.code !== "invalid") return refuse(answer.body);
  draft.sending = false;
  keep();
  return showSummary(answer.body.message);
}

function finish(receipt) {
  clearDraft(draft);
  draft = null;
  code = "";
  history.replaceState(null, "", location.pathname);
  part("receipt").textContent = receipt.match(/.{1,4}/g).join(" ");
  show("receipt");
}

// --- hands ---

const deeds = {
  start,
  own: chooseOwnUnit,
  back: () => go(-1),
  next: () => go(1),
  grid: showGrid,
  card: showCard,
  report: showReport,
  close: () => part("report").close(),
  summary: () => showSummary(),
  submit,
  again: () => location.reload(),
};

document.addEventListener("click", (event) => {
  const language = event.target.closest("[data-language]");
  if (language) language.hash = code; // the draft stays on the phone, and the code finds it again
  const button = event.target.closest("[data-do]");
  if (button) deeds[button.dataset.do]();
});
document.getElementById("remark").addEventListener("input", keepRemark);
part("form", screenOf("start")).addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});

let touch = null;
const cardScreen = screenOf("card");
cardScreen.addEventListener("touchstart", (event) => {
  touch = event.target.matches("input, textarea") ? null : event.touches[0];
}, { passive: true });
cardScreen.addEventListener("touchend", (event) => {
  if (!touch) return;
  const dx = event.changedTouches[0].clientX - touch.clientX;
  const dy = event.changedTouches[0].clientY - touch.clientY;
  if (Math.abs(dx) > 60 && Math.abs(dy) < 50) go(dx < 0 ? 1 : -1);
}, { passive: true });

part("form", screenOf("start")).hidden = Boolean(code);
show("start");
if (code && loadDraft(code).slipInfo) start();
addEventListener("hashchange", () => code !== cleanCode(location.hash) && location.reload());
