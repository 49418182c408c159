// The lobby screen at work: views come in, calls are announced one by one, the screen follows.

import { keepLive } from "../look/live.js";
import { recall, remember } from "../look/memory.js";
import { announce } from "../look/page.js";
import { now, setServerTime } from "../look/time.js";
import { keepAwake } from "../look/wake.js";
import { createAnnouncer } from "./announcer.js";
import { fit } from "./fit.js";
import * as picture from "./paint.js";
import { places } from "./places.js";
import { createSound } from "./sound.js";
import { everything, spokenCall } from "./speech.js";
import { createVoice } from "./voice.js";

const REPAINT_MS = 1000; // a call settles, a withdrawn one goes: only time changes these
const TRY_AGAIN_MS = 60000; // after the server would not have us: nobody stands at a wall with a mouse

const main = document.getElementById("main");
const { now: serverTime, branch } = main.dataset;
const freshMs = Number(main.dataset.freshS) * 1000;
const { clips, voice: languages, spare } = main.dataset;
const heard = { root: clips, languages: languages.split(" "), spare: spare.split(" ") };
const announcedName = `lapak-board-announced-${branch}`;
const soundName = "lapak-board-sound";

let view = JSON.parse(document.getElementById("view").textContent);
let spoken = null;

setServerTime(serverTime);

const announcer = createAnnouncer(recall(announcedName));
const sound = createSound({ wanted: recall(soundName) !== "off", onState: fitting(picture.paintSound) });
const voice = createVoice({
  speak: (call, hasty) => sound.play(spokenCall(call, heard, hasty)),
  onStart(call) {
    spoken = call;
    remember(announcedName, announcer.memory(voice.waiting));
    repaint();
    picture.flash();
    announce(picture.sentence(call));
    document.dispatchEvent(new CustomEvent("board:call", { detail: call }));
  },
  onEnd() {
    spoken = null;
    repaint();
  },
});

function repaint() {
  fitting(picture.paint)(view, places(view, { now: now().getTime(), freshMs, spoken }));
}

/** What paints, and then lets all of it fit again. */
function fitting(paint) {
  return (...shown) => {
    paint(...shown);
    fit();
  };
}

function take(newer, first) {
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
sound.prepare(everything(JSON.parse(document.getElementById("clips").textContent), heard));
take(view, true);
setInterval(repaint, REPAINT_MS);
keepLive({
  seq: view.seq,
  onView: (newer, _seq, { first }) => take(newer, first),
  onStale: fitting((since) => picture.paintStale(since, view.zone)),
  onStop(reason) {
    fitting(picture.paintStopped)();
    // No screen of ours any more: go dark at once; the page then says how to pair it again.
    setTimeout(() => location.reload(), reason === "sign-in" ? 0 : TRY_AGAIN_MS);
  },
});
