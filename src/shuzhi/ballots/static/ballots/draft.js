// The draft: on this phone only, under a key without the code, gone after submitting.
"use strict";

const POLL_KEY = "shuzhi-draft-" + document.body.dataset.poll + "-";

// Each slip has a draft of its own, also on a shared phone; the mark says nothing about the code.
function slipMark(code) {
  let hash = 0x811c9dc5;
  for (const letter of code) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(36);
}

function newNonce() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function newDraft(code) {
  return { slip: slipMark(code), nonce: newNonce(), own: null, marks: {}, remarks: {}, at: 0, slipInfo: null, sending: false };
}

function loadDraft(code) {
  try {
    const draft = JSON.parse(localStorage.getItem(POLL_KEY + slipMark(code)));
    if (draft && draft.slip === slipMark(code)) return draft;
  } catch { /* storage is closed or its content is not ours: begin anew */ }
  return newDraft(code);
}

// Returns whether the draft would survive a reload.
function saveDraft(draft) {
  try {
    localStorage.setItem(POLL_KEY + draft.slip, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function clearDraft(draft) {
  try {
    localStorage.removeItem(POLL_KEY + draft.slip);
  } catch { /* nothing was kept */ }
}

// Once the poll is over, no draft of it is of any use, whosever it was.
function clearDrafts() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(POLL_KEY)) localStorage.removeItem(key);
  } catch { /* nothing was kept */ }
}
