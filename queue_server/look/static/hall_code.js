// The hall's code on a screen: shown while it is the present one, and a calm word in its place when
// the screen has been cut off and an old one would stand there.
//
// <div data-hall-until="…" data-hall-now="…"> with [data-hall-code] and [data-hall-cut] inside. How
// the next code comes is the page's own affair: it asks here whether there is one. Must not know sockets.

const GRACE_MS = 10000; // the next code is on its way; a slow line is no line cut
const CHECK_MS = 1000;

const seen = new WeakMap(); // element -> {until, at, date}

function isOver(element) {
  const { hallUntil: until, hallNow } = element.dataset;
  let first = seen.get(element);
  if (!first || first.until !== until) {
    first = { until, at: performance.now(), date: Date.now() };
    seen.set(element, first);
  }
  // From the server's two times and our own stopwatch: a kiosk's clock may be wrong by years. One
  // of the two watches goes on while a tablet sleeps.
  const leftMs = Date.parse(until) - Date.parse(hallNow);
  const passedMs = Math.max(performance.now() - first.at, Date.now() - first.date);
  return passedMs > leftMs + GRACE_MS;
}

function check() {
  for (const element of document.querySelectorAll("[data-hall-until]")) {
    const over = isOver(element);
    element.querySelector("[data-hall-code]").hidden = over;
    element.querySelector("[data-hall-cut]").hidden = !over;
  }
}

/** Does a view carry another code than the one on the page? It changes without news of the line. */
export function isOtherCode({ join }) {
  const shown = document.getElementById("hall-code");
  return Boolean(shown && join && shown.dataset.code !== join.code);
}

check();
setInterval(check, CHECK_MS);
document.addEventListener("visibilitychange", check);
document.addEventListener("live:painted", check);
