// The other numbers of a family's phone: each is watched as well, its chip kept right, its call heard.

import { watch } from "../../look/socket.js";

/** `called(sentence)`: one of them is called. */
export function watchOthers(called) {
  for (const link of Array.from(document.querySelectorAll("a[data-other]"))) watchOne(link, called);
}

function watchOne(link, called) {
  let calls = link.dataset.stage === "called" ? Infinity : 0;
  watch(`/ws/ticket?lang=${document.documentElement.lang}&of=${encodeURIComponent(link.dataset.other)}`, {
    seq: -1,
    onView(view) {
      const { slots, family } = view.face;
      link.dataset.stage = view.stage;
      const chip = link.querySelector(".chip");
      chip.className = `chip stage-${family}`;
      chip.lastChild.textContent = slots.counter ? `${slots.chip} · ${slots.counter}` : slots.chip;
      if (!slots.alarm) calls = 0;
      else if (view.calls > calls) {
        calls = view.calls;
        called(slots.alarm);
      }
    },
    onStale() {},
    onStop() {},
  });
}
