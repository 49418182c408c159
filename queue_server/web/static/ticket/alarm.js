// The call: the one loud moment. Sound, vibration, a waking screen, and a word to screen readers.
// Everything here may be missing on a phone; the page itself has then said it already.

import { t } from "../../look/words.js";
import { counterName } from "./face.js";

const VIBRATION_MS = [400, 200, 400, 200, 800];
const RINGS = 3;
const RING_GAP_S = 1.4;
// Two notes falling (E5, C5), as in a station; each with an overtone, so that small speakers carry it.
const NOTES = [
  { hertz: 659.25, at_s: 0 },
  { hertz: 523.25, at_s: 0.45 },
];
const NOTE_S = 0.9;
const LOUD = 0.5;

let audio = null;
let lock = null;

/** Can this browser make a sound at all? */
export const canRing = () => Boolean(window.AudioContext || window.webkitAudioContext);

export const isRinging = () => audio !== null && audio.state === "running";

/** After a tap only (browsers want it): wakes the speaker and lets one soft chime be heard. */
export async function switchSoundOn() {
  const Context = window.AudioContext || window.webkitAudioContext;
  audio = audio || new Context();
  await audio.resume();
  chime(1, LOUD / 4);
}

/** Somebody is called: make it known. */
export function ring(view) {
  const text = t("say-called", { number: view.number, counter: counterName(view) });
  document.getElementById("alarm").textContent = text;
  if (navigator.vibrate) navigator.vibrate(VIBRATION_MS);
  if (audio) audio.resume().then(() => chime(RINGS, LOUD), complain);
  window.scrollTo(0, 0);
}

/** The call is over: be quiet at once. */
export function hush() {
  document.getElementById("alarm").textContent = "";
  if (navigator.vibrate) navigator.vibrate(0);
}

function chime(rings, gain) {
  for (let ring = 0; ring < rings; ring += 1) {
    for (const note of NOTES) {
      const start = audio.currentTime + ring * RING_GAP_S + note.at_s;
      play(note.hertz, start, gain);
      play(note.hertz * 2, start, gain / 4);
    }
  }
}

function play(hertz, start, gain) {
  const tone = audio.createOscillator();
  const level = audio.createGain();
  tone.frequency.value = hertz;
  level.gain.setValueAtTime(0.0001, start);
  level.gain.exponentialRampToValueAtTime(gain, start + 0.02);
  level.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S);
  tone.connect(level);
  level.connect(audio.destination);
  tone.start(start);
  tone.stop(start + NOTE_S);
}

/** Keep the screen on while the turn is near: a dark phone shows no call. */
export async function keepAwake(wanted) {
  if (!navigator.wakeLock) return;
  try {
    if (wanted && !lock && document.visibilityState === "visible") {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => {
        lock = null;
      });
    } else if (!wanted && lock) {
      await lock.release();
    }
  } catch (error) {
    complain(error); // a phone saving its battery says no: its right
  }
}

function complain(error) {
  console.info("alarm", error);
}
