// The one way a page stays right: <main data-socket="/ws/…" data-seq="17" data-zone="…" data-now="…">.
//
// Watches the view that the page names, keeps the server's clock, and lets its times run. What a view
// means and how a cut line looks is each page's own affair.

import { sayAlive } from "./alive.js";
import { watch } from "./socket.js";
import { runTimes, setServerTime } from "./time.js";

/**
 * onView, onStop   as in socket.js
 * onStale          (Date | null, zone) as there, with the page's time zone
 * seq              what the page shows, where <main> does not say it
 * poll             as in socket.js
 * times            where times run
 *
 * Hands back what `watch` does; null on a page that names no view.
 */
export function keepLive({ onView, onStale, onStop, poll, seq, times = document }) {
  const { dataset } = document.getElementById("main");
  // Set by the phone's worker where it had no network: what stands here is of that hour.
  const { kept } = document.documentElement.dataset;
  let heard = !kept;
  const hears = (take) => (...said) => {
    heard = true;
    return take(...said);
  };
  if (dataset.now && !kept) setServerTime(dataset.now);
  runTimes(times);
  const line = dataset.socket
    ? watch(dataset.socket, {
      seq: seq === undefined ? Number(dataset.seq || -1) : seq,
      poll,
      onView: hears(onView),
      onBeat: hears(({ at }) => setServerTime(at)),
      onStale: (since) => onStale(since && !heard ? new Date(kept) : since, dataset.zone),
      onStop,
    })
    : null;
  if (!heard) onStale(new Date(kept), dataset.zone);
  sayAlive();
  return line;
}
