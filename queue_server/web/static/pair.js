// A screen that waits to be paired: presses its own button, counts down, asks whether somebody has
// typed the code, and then opens itself. Without this file the same page has a button and reloads.

import { sayAlive } from "../look/alive.js";
import { recall, remember, whileOpen } from "../look/memory.js";
import { canKeepAwake } from "../look/wake.js";
import { t } from "../look/words.js";

const ASK_MS = 2000;
const SHOWN_MS = 3000; // long enough to read what the screen is called now
const PRESS_APART_MS = 60000; // two tabs that take the code from each other must not race
const PRESSED = `pair-pressed ${location.pathname}`; // a browser may be several screens

const main = document.getElementById("main");
const begin = document.getElementById("begin");
const { state, leftS, poll, retryS } = main.dataset;

// --- pressing ---

function press() {
  remember(PRESSED, Date.now(), whileOpen);
  begin.submit();
}

/** By itself, but not again and again: whoever stands there has the button meanwhile. */
function pressSoon(leastMs = 0) {
  begin.hidden = false;
  setTimeout(press, Math.max(leastMs, (recall(PRESSED, whileOpen) || 0) + PRESS_APART_MS - Date.now(), 0));
}

// --- waiting ---

function countDown(endsAt) {
  const left = document.getElementById("left");
  const timer = setInterval(() => {
    const seconds = Math.max(0, Math.ceil((endsAt - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds > 0) return;
    clearInterval(timer);
    document.getElementById("code").classList.add("soft");
    pressSoon();
  }, 1000);
}

function welcome({ label, place }) {
  const box = document.getElementById("approved");
  box.querySelector("span").textContent = place
    ? t("pair-approved-place", { label, place })
    : t("pair-approved", { label });
  box.hidden = false;
  document.getElementById("code").hidden = true;
  setTimeout(() => location.reload(), SHOWN_MS);
}

async function ask(endsAt) {
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(poll, { headers: { "Lapak-Live": "1" }, cache: "no-store" });
      if (answer.ok) {
        const found = await answer.json();
        if (found.state === "approved") return welcome(found);
        // Taken by another tab, or the code is over a little before our clock says so.
        if (found.state === "gone") return pressSoon();
      }
    } catch (error) {
      console.info("ask again", error);
    }
  }
  if (Date.now() < endsAt) setTimeout(() => ask(endsAt), ASK_MS);
  return undefined;
}

document.getElementById("sleeps").hidden = canKeepAwake();
if (state === "waiting") {
  const endsAt = Date.now() + Number(leftS) * 1000;
  countDown(endsAt);
  ask(endsAt);
} else {
  pressSoon(retryS ? Number(retryS) * 1000 : 0);
}
sayAlive();
