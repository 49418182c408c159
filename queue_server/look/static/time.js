// Times in local form, and times that run in place. Says what look/moments.py says on the server.

import { language, t } from "./words.js";

const ZONES = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Ujung_Pandang": "WITA",
  "Asia/Jayapura": "WIT",
};
const LONG_WAIT_MIN = 90;
const SHORT_WAIT_MIN = 5;
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

const halves = (n) => (n % 2 ? `${(n - 1) / 2}½` : `${n / 2}`);

// The id and the values of a span, as moments.span in Python.
function span(lowMin, highMin) {
  const low = Math.max(0, Math.floor(Math.min(lowMin, highMin)));
  let high = Math.max(0, Math.ceil(Math.max(lowMin, highMin)));
  if (high < SHORT_WAIT_MIN || low === 0) {
    high = Math.max(high, SHORT_WAIT_MIN);
    if (high <= LONG_WAIT_MIN) return ["span-under", { high }];
    return ["span-under-hours", { high: halves(Math.ceil(high / 30)) }];
  }
  if (high <= LONG_WAIT_MIN) return [low === high ? "span-one" : "span-minutes", { low, high }];
  const top = halves(Math.ceil(high / 30));
  if (low < 60) return ["span-mixed", { low, high: top }];
  const bottom = halves(Math.floor(low / 30));
  return [bottom === top ? "span-one-hours" : "span-hours", { low: bottom, high: top }];
}

/** `15–25 menit`, `1½–2 jam`, `kurang dari 5 menit`. */
export function waitRange(lowMin, highMin) {
  return t(...span(lowMin, highMin));
}

/** A view's `wait` ({low_min, high_min, rough} or null) as a sentence. */
export function waitSentence(wait) {
  if (!wait) return t("wait-unknown");
  const [id, values] = span(wait.low_min, wait.high_min);
  const range = t(id, values);
  if (id.startsWith("span-under")) return t("wait-sentence-under", { range });
  return t(wait.rough ? "wait-sentence-rough" : "wait-sentence", { range });
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
