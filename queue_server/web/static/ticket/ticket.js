// The ticket page, live: watches /ws/ticket, paints each view, and rings when the call comes.

import { keepLive } from "../../look/live.js";
import { announce, showStale, showStopped } from "../../look/page.js";
import { poll } from "../../look/poll.js";
import { setServerTime } from "../../look/time.js";
import { keepAwake } from "../../look/wake.js";
import { hush, ring } from "./alarm.js";
import { watchOthers } from "./others.js";
import { paint } from "./paint.js";
import { openRoads, paintRoads } from "./push.js";
import { takeForms } from "./send.js";
import { listen, paintSound } from "./sound.js";

const main = document.getElementById("main");
let shown = { stage: main.dataset.stage, calls: Infinity, face: { blocks: [] } };

const isNear = (view) => view.face.blocks.includes("awake");

function show(view) {
  setServerTime(view.as_of);
  const before = shown;
  shown = view;
  paint(view);
  paintSound();
  paintRoads(view);
  keepAwake(isNear(view));
  if (view.face.slots.alarm) {
    if (isNews(view, before)) call(view);
  } else {
    hush();
    alarm("");
    if (view.stage !== before.stage) announce(view.face.slots.head);
  }
}

// Also after a gap: a call that came while the line was cut is still a call.
function isNews(view, before) {
  return before.stage !== view.stage || view.calls > before.calls
    || Boolean(before.called_at) && view.called_at !== before.called_at;
}

function call(view) {
  document.getElementById("face").classList.add("arrived");
  announce("");
  alarm(view.face.slots.alarm);
  ring();
  window.scrollTo(0, 0);
}

function alarm(text) {
  const element = document.getElementById("alarm");
  if (element.textContent !== text) element.textContent = text;
}

takeForms((view) => {
  if (view.seq >= (shown.seq || 0)) show(view);
});

listen();
openRoads();
watchOthers((said) => {
  announce(said);
  ring();
});

keepLive({
  onView: show,
  onStale: showStale,
  poll: (onView) => poll(main.dataset.view, onView),
  onStop(reason) {
    if (reason === "sign-in") location.reload(); // the cookie is gone: the server says what to do
    else showStopped(reason);
  },
});
