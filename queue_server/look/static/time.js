// Times in local form, and times that run in place. Says what look/moments.py says on the server.

import { language, t } from "./words.js";

const ZONES = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Ujung_Pandang": "WITA",
  "Asia/Jayapura": "WIT",
};
const REPAINT_MS = 1000;

// Server time minus this device's time: cheap phones are minutes off.
let offsetMs = 0;

/** Tell what the server's clock says now (`at` of a heartbeat or view: ISO text). */
export function setServerTime(at) {
  const time = Date.parse(at);
  if (!Number.isNaN(time)) offsetMs = time - Date.now();
}

export function now() {
  return new Date(Date.now() + offsetMs);
}

/** `07.30 WITA`, or `07.30` without a zone's name. `zone` absent: the device's own. */
export function clock(at, zone, named = false) {
  const options = { hour: "2-digit", minute: "2-digit", hour12: false };
  if (zone) options.timeZone = zone;
  // en-GB writes 00:05 where others write 24:05; the sign between is ours.
  const text = new Intl.DateTimeFormat("en-GB", options).format(new Date(at));
  const local = language === "id" ? text.replace(":", ".") : text;
  return named && ZONES[zone] ? `${local} ${ZONES[zone]}` : local;
}

/** `4 mnt`, `1 j 05`. */
export function elapsed(since, at = now()) {
  const minutes = Math.max(0, Math.floor((at - new Date(since)) / 60000));
  if (minutes < 60) return t("elapsed-minutes", { minutes });
  const rest = String(minutes % 60).padStart(2, "0");
  return t("elapsed-hours", { hours: Math.floor(minutes / 60), minutes: rest });
}

/** `4:12`: a stopwatch, for what is being done right now. */
export function stopwatch(since, at = now()) {
  const seconds = Math.max(0, Math.floor((at - new Date(since)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function repaint(root) {
  for (const element of root.querySelectorAll("[data-elapsed], [data-stopwatch], [data-clock]")) {
    const { dataset } = element;
    let text;
    if ("clock" in dataset) text = clock(now(), dataset.clock || undefined);
    else if ("stopwatch" in dataset) text = stopwatch(element.getAttribute("datetime"));
    else text = elapsed(element.getAttribute("datetime"));
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Keep every time under `root` running; hands back what stops it. */
export function runTimes(root = document) {
  repaint(root);
  const timer = setInterval(() => repaint(root), REPAINT_MS);
  return () => clearInterval(timer);
}

export const repaintTimes = repaint;
