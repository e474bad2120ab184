// Keeps the desk and the big screen current: counts and clock every two seconds, the page's
// own part anew when somebody took a step. Pushes nothing; a lost signal only pauses it.
const root = document.querySelector("[data-live-url]");
let clock = null;
let readAt = 0;

const minutes = (seconds) => {
  const whole = Math.abs(Math.trunc(seconds));
  const text = `${Math.trunc(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return seconds < 0 ? `−${text}` : text;
};

function drawClock() {
  const face = root.querySelector("[data-clock]");
  if (!face || !clock) return;
  const running = clock.ticking ? (performance.now() - readAt) / 1000 : 0;
  const asked = clock.asked + (clock.questions ? running : 0);
  const left = clock.limit - clock.spent - (clock.questions ? 0 : running);
  face.textContent = minutes(clock.questions ? asked : left);
  const state = clock.questions ? "asked" : left < 0 ? "over" : left <= clock.warn ? "warn" : "ok";
  face.dataset.state = state;
  face.dataset.word = face.dataset[state] ?? "";
}

async function redraw() {
  const page = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!page.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  root.replaceChildren(...fresh.querySelector("[data-live-url]").childNodes);
  root.dataset.signature = fresh.querySelector("[data-live-url]").dataset.signature;
}

async function read() {
  const answer = await fetch(root.dataset.liveUrl, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const state = await answer.json();
  clock = state.clock;
  readAt = performance.now();
  if (state.signature !== root.dataset.signature) await redraw();
  for (const [key, value] of Object.entries(state.counts)) {
    for (const place of root.querySelectorAll(`[data-count="${key}"]`)) place.textContent = value;
  }
}

async function beat() {
  const lost = document.querySelector("[data-lost]");
  try {
    await read();
    lost.hidden = true;
  } catch {
    lost.hidden = false;
  }
  setTimeout(beat, 2000);
}

if (root) {
  setInterval(drawClock, 250);
  beat();
}
