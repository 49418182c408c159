// What every live page does with what the socket tells: the stale banner, polite announcements,
// and what to say when the server will not have us.

import { clock } from "./time.js";
import { t } from "./words.js";

const STOP_WORDS = {
  "sign-in": "sign-in-again",
  forbidden: "not-allowed",
  unknown: "no-such-thing",
};

/** Show or take away the banner of base.html. `since`: Date, or null when all is right again. */
export function showStale(since, zone) {
  banner(since === null ? "" : t("stale-since", { time: clock(since, zone) }));
}

/** The socket stopped for good: say what to do, with a link that reloads. */
export function showStopped(reason) {
  banner(t(STOP_WORDS[reason] || "stale-stopped"), true);
}

function banner(text, withReload = false) {
  const element = document.getElementById("stale");
  if (!element) return;
  element.hidden = text === "";
  document.documentElement.classList.toggle("is-stale", text !== "");
  element.querySelector("span").textContent = text;
  const old = element.querySelector("a");
  if (old) old.remove();
  if (!withReload) return;
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = t("reload");
  element.append(" ", link);
}

/** Tell a screen reader, once, when it has finished what it is saying. */
export function announce(text) {
  const element = document.getElementById("announce");
  if (!element) return;
  element.textContent = "";
  // A change in a later task is heard even when the text is the same as before.
  setTimeout(() => {
    element.textContent = text;
  }, 50);
}
