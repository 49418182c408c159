// The sound button, and any first tap: what arms the alarm, and what the button then says.

import { t } from "../../look/words.js";
import { arm, canRing, hush, isArmed, switchSoundOn, wasWished } from "./alarm.js";

const block = document.querySelector("[data-show=sound]");
const button = document.getElementById("sound");

/** Show what a call would do now. */
export function paintSound() {
  if (!canRing()) {
    block.hidden = true;
    return;
  }
  const on = isArmed();
  button.classList.toggle("primary", !on);
  button.classList.toggle("quiet", on);
  button.disabled = on;
  button.querySelector("span").textContent = t(on ? "phone-sound-is-on" : "phone-sound-on");
  document.getElementById("sound-lost").hidden = on || !wasWished();
}

function done(promise) {
  promise.then(paintSound, (error) => console.info("sound", error));
}

/** From now on taps arm the alarm, and answer it. */
export function listen() {
  if (!canRing()) {
    paintSound();
    return;
  }
  button.addEventListener("click", () => done(switchSoundOn()));
  document.addEventListener("click", () => {
    hush();
    if (!isArmed()) done(arm());
  });
  paintSound();
}
