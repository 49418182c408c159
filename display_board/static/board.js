// The lobby screen at work: views come in, calls are announced one by one, the screen follows.

import { keepLive } from "../look/live.js";
import { recall, remember } from "../look/memory.js";
import { announce } from "../look/page.js";
import { now, setServerTime } from "../look/time.js";
import { keepAwake } from "../look/wake.js";
import { createAnnouncer } from "./announcer.js";
import { arrange, kindOf, WITHDRAWN_SHOWN_MS } from "./arrange.js";
import * as picture from "./paint.js";
import { createSound } from "./sound.js";
import { everything, languagesOf, spokenCall } from "./speech.js";
import { createVoice } from "./voice.js";

const REPAINT_MS = 1000; // a call settles, a withdrawn one goes: only time changes these
const WITHDRAWN_NEWS_MS = 20000; // shown at least this long after we heard of it
const TRY_AGAIN_MS = 60000; // after the server would not have us: nobody stands at a wall with a mouse

const main = document.getElementById("main");
const { now: serverTime, branch, clips: root } = main.dataset;
const announcedName = `lapak-board-announced-${branch}`;
const soundName = "lapak-board-sound";

let view = JSON.parse(document.getElementById("view").textContent);
let spoken = null;
const withdrawnAt = new Map(); // seq -> when we heard of it

setServerTime(serverTime);

const announcer = createAnnouncer(recall(announcedName));
const sound = createSound({ wanted: recall(soundName) !== "off", onState: picture.paintSound });
const languages = languagesOf(main.dataset.voice);
const voice = createVoice({
  speak: (call) => sound.play(
    spokenCall(call, kindOf(view, call), { root, languages, spoken: view.spoken_number }),
  ),
  onStart(call) {
    spoken = call;
    remember(announcedName, announcer.memory(voice.waiting));
    repaint();
    picture.flash();
    announce(picture.sentence(view, call));
    document.dispatchEvent(new CustomEvent("board:call", { detail: call }));
  },
  onEnd() {
    spoken = null;
    repaint();
  },
});

function repaint() {
  picture.paint(view, arrange(view, { now: now().getTime(), spoken, shownUntil }));
}

function shownUntil(call) {
  const heard = withdrawnAt.has(call.seq) ? withdrawnAt.get(call.seq) + WITHDRAWN_NEWS_MS : 0;
  return Math.max(heard, Date.parse(call.at) + WITHDRAWN_SHOWN_MS);
}

function noteWithdrawn(before, after) {
  if (before.date !== after.date) withdrawnAt.clear();
  for (const call of after.calls) {
    const known = before.calls.find(({ seq, at }) => seq === call.seq && at === call.at);
    const news = call.withdrawn && known && !known.withdrawn;
    if (news && !withdrawnAt.has(call.seq)) withdrawnAt.set(call.seq, now().getTime());
  }
}

function take(newer, first) {
  noteWithdrawn(view, newer);
  view = newer;
  const { say, drop } = announcer.take(view, { first });
  voice.drop(drop);
  voice.tidy(isCurrent);
  voice.say(say);
  remember(announcedName, announcer.memory(voice.waiting));
  repaint();
}

const isCurrent = (call) => view.calls.some(({ seq, current }) => seq === call.seq && current);

// What the button says when it is pressed counts: the press itself may start the sound, and the
// click that ends it must not switch it off again.
const button = document.getElementById("sound");
let said;
for (const press of ["pointerdown", "touchstart", "keydown"]) {
  button.addEventListener(press, (event) => {
    if (!event.repeat) said = button.dataset.sound;
  }, { passive: true });
}
button.addEventListener("click", () => {
  const wish = (said || sound.state) !== "on";
  said = undefined;
  remember(soundName, wish ? "on" : "off");
  sound.set(wish);
});

keepAwake(true);
sound.prepare(everything(root, languages));
take(view, true);
setInterval(repaint, REPAINT_MS);
keepLive({
  seq: view.seq,
  onView: (newer, _seq, { first }) => take(newer, first),
  onStale: (since) => picture.paintStale(since, view.zone),
  onStop(reason) {
    picture.paintStopped();
    // No screen of ours any more: go dark at once; the page then says how to pair it again.
    setTimeout(() => location.reload(), reason === "sign-in" ? 0 : TRY_AGAIN_MS);
  },
});
