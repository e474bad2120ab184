// Requests: an answer with words, or a lost connection; submitting goes on until it is answered.
"use strict";

const PATIENCE = 15000; // ms for one request
const PAUSES = [1000, 2000, 4000, 8000]; // ms between tries, the last one again and again

// Resolves to {ok, status, body}; rejects when there was no readable answer.
async function post(url, content) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: JSON.stringify(content),
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      cache: "no-store",
      signal: abort.signal,
    });
    return { ok: answer.ok, status: answer.status, body: await answer.json() };
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });
}

// Sends until the server has said yes or no; `waiting` is called after each failed try.
async function postUntilAnswered(url, content, waiting) {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await post(url, content);
      if (answer.status < 500 && answer.status !== 429) return answer;
    } catch { /* no signal: try again */ }
    waiting();
    // A little chance, so that three hundred phones do not come back in the same moment.
    await pause(PAUSES[Math.min(tries, PAUSES.length - 1)] * (0.75 + Math.random() / 2));
  }
}
