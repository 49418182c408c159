// The call, made heard: sound and vibration, until somebody answers, half a minute at most. Browsers
// let a page make noise only after a tap, so any tap arms it. Everything here may be missing on a
// phone; the page itself has then said it already.

import { recall, remember, whileOpen } from "../../look/memory.js";

const VIBRATION_MS = [400, 200, 400, 200, 800];
const RING_MS = 1400;
const RINGS_MAX = 21; // half a minute
const RINGS_A_VIBRATION = 2;
// Two notes falling (E5, C5), as in a station; each with an overtone, so that small speakers carry it.
const NOTES = [
  { hertz: 659.25, at_s: 0 },
  { hertz: 523.25, at_s: 0.45 },
];
const NOTE_S = 0.9;
const LOUD = 0.5;
const WISH = "lapak-sound";

let audio = null;
let ringing = null;

const Context = () => window.AudioContext || window.webkitAudioContext;

/** Can this browser make a sound at all? */
export const canRing = () => Boolean(Context());

/** Would a call be heard now? */
export const isArmed = () => audio !== null && audio.state === "running";

/** Did somebody want sound here before the page was loaded again? */
export const wasWished = () => recall(WISH, whileOpen) !== null;

/** Wakes the speaker, after a tap only (browsers want it). */
export async function arm() {
  audio = audio || new (Context())();
  await audio.resume();
}

/** The button was pressed: armed, kept over a reload, and heard softly once. */
export async function switchSoundOn() {
  await arm();
  remember(WISH, "on", whileOpen);
  chime(LOUD / 4);
}

/** Somebody is called: rings until `hush`, half a minute at most. */
export function ring() {
  hush();
  let rung = 0;
  const once = () => {
    if (rung >= RINGS_MAX) {
      hush();
      return;
    }
    if (navigator.vibrate && rung % RINGS_A_VIBRATION === 0) navigator.vibrate(VIBRATION_MS);
    if (audio) audio.resume().then(() => ringing && chime(LOUD), (error) => console.info("ring", error));
    rung += 1;
  };
  ringing = setInterval(once, RING_MS);
  once();
}

/** Answered, or over: be quiet at once. */
export function hush() {
  if (ringing === null) return;
  clearInterval(ringing);
  ringing = null;
  if (navigator.vibrate) navigator.vibrate(0);
}

function chime(gain) {
  for (const note of NOTES) {
    const start = audio.currentTime + note.at_s;
    play(note.hertz, start, gain);
    play(note.hertz * 2, start, gain / 4);
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
