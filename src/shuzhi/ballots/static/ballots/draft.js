// The draft: on this phone only, under a key without the code, gone after submitting.
"use strict";

const DRAFT_KEY = "shuzhi-draft-" + document.body.dataset.poll;

// Tells one slip's draft from another's on a shared phone; says nothing about the code.
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
    const draft = JSON.parse(localStorage.getItem(DRAFT_KEY));
    if (draft && draft.slip === slipMark(code)) return draft;
  } catch { /* storage is closed or its content is not ours: begin anew */ }
  return newDraft(code);
}

// Returns whether the draft would survive a reload.
function saveDraft(draft) {
  try {
    localStorage.setItem(DRAFT_KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function clearDraft() {
  try {
    localStorage.removeItem(DRAFT_KEY);
  } catch { /* nothing was kept */ }
}
