// The ticket page, live: watches /ws/ticket, paints each view, and rings when the call comes.

import { keepLive } from "../../look/live.js";
import { announce, showStale, showStopped } from "../../look/page.js";
import { setServerTime } from "../../look/time.js";
import { t } from "../../look/words.js";
import { canRing, hush, isRinging, keepAwake, ring, switchSoundOn } from "./alarm.js";
import { paint } from "./paint.js";
import { takeForms } from "./send.js";

const NEAR = ["ready", "next", "called"]; // while the turn is near, the screen should stay on

const main = document.getElementById("main");
const steps = { defer: Number(main.dataset.deferBehind), rejoin: Number(main.dataset.rejoinBehind) };
let shown = { stage: main.dataset.stage, calls: Infinity };

function show(view) {
  setServerTime(view.as_of);
  const before = shown;
  shown = view;
  paint(view, steps);
  paintSound();
  keepAwake(NEAR.includes(view.stage));
  if (view.stage === "called") {
    // Also after a gap: a call that came while the line was cut is still a call.
    const news = before.stage !== "called" || view.calls > before.calls
      || (before.called_at && view.called_at !== before.called_at);
    if (news) arrive(view);
  } else if (before.stage === "called") {
    hush();
  }
  if (view.stage !== before.stage && view.stage !== "called") {
    announce(document.querySelector("[data-slot=head]").textContent);
  }
}

function arrive(view) {
  const face = document.getElementById("face");
  face.classList.add("arrived");
  ring(view);
}

// --- sound ---

function paintSound() {
  const block = document.querySelector("[data-show=sound]");
  if (!canRing()) block.hidden = true;
  const on = isRinging();
  const button = document.getElementById("sound");
  button.classList.toggle("primary", !on);
  button.classList.toggle("quiet", on);
  button.classList.toggle("large", !on);
  button.disabled = on;
  button.querySelector("span").textContent = t(on ? "phone-sound-is-on" : "phone-sound-on");
}

document.getElementById("sound").addEventListener("click", () => {
  switchSoundOn().then(paintSound, (error) => console.info("sound", error));
});

// --- begin ---

takeForms((view) => {
  if (view.seq >= (shown.seq || 0)) show(view);
});

document.addEventListener("visibilitychange", () => keepAwake(NEAR.includes(shown.stage)));

if (canRing()) {
  const { stage } = main.dataset;
  document.querySelector("[data-show=sound]").hidden =
    !["unproven", "waiting", "ready", "next", "parked"].includes(stage);
}
keepAwake(NEAR.includes(main.dataset.stage));

keepLive({
  onView: show,
  onStale: showStale,
  onStop(reason) {
    if (reason === "sign-in") location.reload(); // the cookie is gone: the server says what to do
    else showStopped(reason);
  },
});
