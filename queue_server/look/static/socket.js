// The one client of our WebSockets: phone, board, kiosk, desk and guard all watch through it.
//
// A message is {"seq", "view"} (a whole view) or {"seq", "at"} (a heartbeat: "what you show is right
// up to here", also when that is further than your view: others were called, and it left you as you
// are). Coming back is simply connecting again: the server sends the newest view first. There is
// never more than one connection, and whoever watches always knows whether what it shows is stale,
// and since when.

const BASE_MS = 1000; // full jitter: anywhere up to BASE_MS * 2^attempt …
const CAP_MS = 30000; // … but never above this
const WATCHDOG_MS = 60000; // heartbeats come every 25 s; two missed ones and the line is dead
const GRACE_MS = 4000; // a quick reconnection is not worth a banner …
const FIRST_GRACE_MS = 9000; // … and neither is a first one over a slow mobile network
const FRESH_MS = 3000; // woken this soon after a message, the line is surely alive
const TICK_MS = 5000;
const JUMP_MS = 20000; // the clock moved this much more than it should: the device slept
const ASK_MS = 5000; // said to be cut off for so long: perhaps this network lets no socket through
const POLLED_MS = 25000; // an answer by HTTP keeps the page right for so long
const SLOW_ATTEMPT = 3; // where backing off starts when the server asks for room

const STOPPED = { 4401: "sign-in", 4403: "forbidden", 4404: "unknown" };
const BACK_OFF = [4429, 1012, 1013];
// Open in newer places. Two pages that displaced each other would do so for ever: this one waits
// until somebody looks at it.
const ELSEWHERE = 4409;

const WAKES = [
  [document, "visibilitychange"],
  [window, "pageshow"],
];

/**
 * Watch a view.
 *
 * path        "/ws/ticket" or a whole ws: address
 * onView      (view, seq, {first}) a view that is not older than what is shown; `first` is true for
 *             the first one of a connection: a state to take over, not news to announce
 * onBeat      ({seq, at}) each heartbeat
 * onStale     (Date | null) since when what is shown may be wrong; null: right again
 * onStop      (reason, code) "sign-in" | "forbidden" | "unknown": it will not connect again
 * seq         the seq of what the page already shows (data-seq), if any
 * poll        (onView) asks for the same view by HTTP, for networks that let no WebSocket through;
 *             as in poll.js
 * token       a bearer token, where there is no cookie (sent as the first message)
 *
 * Hands back {close(), reload(), seq, connected}.
 */
export function watch(path, { onView, onBeat, onStale, onStop, seq = -1, poll, token } = {}) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" || url.protocol === "wss:" ? "wss:" : "ws:";

  let socket = null;
  let attempt = 0;
  let stopped = false;
  let first = true;
  let shownSeq = seq;
  let shownDate; // a new service day counts from one again
  let heardAt = Date.now();
  let heardOnce = false;
  let startedAt = heardAt; // a new connection has its own minute
  let stale = null;
  let retryTimer = 0;
  let graceTimer = 0;
  let tickedAt = Date.now();
  let pollTimer = 0;
  let polling = null;

  function hush() {
    clearTimeout(retryTimer);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
    socket = null;
  }

  function setStale(since) {
    clearTimeout(graceTimer);
    graceTimer = 0;
    if ((stale === null) === (since === null)) return;
    stale = since;
    if (since !== null && poll && !polling) pollTimer = setTimeout(startPolling, ASK_MS);
    if (onStale) onStale(since);
  }

  function suspect() {
    if (polling && Date.now() - polling.at < POLLED_MS) return;
    if (stale === null && !graceTimer) {
      const grace = heardOnce ? GRACE_MS : FIRST_GRACE_MS;
      graceTimer = setTimeout(() => setStale(new Date(heardAt)), grace);
    }
  }

  function connect() {
    if (stopped) return;
    hush();
    suspect();
    first = true;
    startedAt = Date.now();
    let mine;
    try {
      mine = socket = new WebSocket(url.href);
    } catch (error) {
      console.error(error);
      retry();
      return;
    }
    mine.onopen = () => {
      if (token) mine.send(JSON.stringify({ hello: { token, seq: Math.max(0, shownSeq) } }));
    };
    mine.onmessage = (event) => hear(event.data);
    mine.onclose = (event) => lost(event.code, event.reason);
  }

  function hear(text) {
    let message;
    try {
      message = JSON.parse(text);
    } catch (error) {
      console.error("not understood", error);
      return;
    }
    heardAt = Date.now();
    heardOnce = true;
    attempt = 0;
    stopPolling();
    if (message.view !== undefined) take(message);
    else beat(message);
  }

  function take({ seq: newSeq, view }) {
    const date = view && view.date;
    // Within a connection an older view is a late one; a fresh connection's first view counts.
    if (!first && newSeq < shownSeq && date === shownDate) return;
    shownSeq = newSeq;
    shownDate = date;
    setStale(null);
    const info = { first };
    first = false;
    onView(view, newSeq, info);
  }

  function startPolling() {
    if (stopped || polling) return;
    polling = poll((view) => {
      heardAt = Date.now();
      take({ seq: view.seq, view });
      first = true;
    });
  }

  function stopPolling() {
    clearTimeout(pollTimer);
    if (polling) polling.stop();
    polling = null;
  }

  function beat(message) {
    if (onBeat) onBeat(message);
    // Before this line's first view it speaks of nothing that is shown.
    if (first) return;
    shownSeq = message.seq;
    setStale(null);
  }

  function lost(code, reason) {
    hush();
    if (STOPPED[code]) {
      stopped = true;
      close();
      if (onStop) onStop(STOPPED[code], code);
      return;
    }
    if (code === ELSEWHERE) {
      setStale(new Date(heardAt));
      return;
    }
    suspect();
    if (BACK_OFF.includes(code)) attempt = Math.max(attempt, SLOW_ATTEMPT);
    retry(spreadOf(reason));
  }

  // The server's closing frame may carry over how many seconds we should spread ourselves.
  function spreadOf(reason) {
    const found = /(\d+(?:\.\d+)?)/.exec(reason || "");
    return found ? Math.min(Number(found[1]) * 1000, CAP_MS) : 0;
  }

  function retry(spreadMs = 0) {
    const ceiling = spreadMs || Math.min(CAP_MS, BASE_MS * 2 ** attempt);
    attempt += 1;
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, Math.random() * ceiling);
  }

  function wake() {
    if (document.visibilityState !== "hidden") back();
  }

  // Also while hidden: a page in the background may have been asked to ring.
  function back() {
    if (stopped || Date.now() - heardAt < FRESH_MS) return;
    attempt = 0;
    connect();
  }

  function tick() {
    const time = Date.now();
    const slept = time - tickedAt > TICK_MS + JUMP_MS || time < tickedAt - JUMP_MS;
    tickedAt = time;
    if (slept) wake();
    // Hidden pages are looked after once a minute: for them each look comes after a sleep.
    if (socket && time - Math.max(heardAt, startedAt) > WATCHDOG_MS) {
      setStale(new Date(heardAt));
      connect();
    }
  }

  const timer = setInterval(tick, TICK_MS);
  for (const [target, name] of WAKES) target.addEventListener(name, wake);
  window.addEventListener("online", back);

  function close() {
    stopped = true;
    clearInterval(timer);
    clearTimeout(graceTimer);
    stopPolling();
    for (const [target, name] of WAKES) target.removeEventListener(name, wake);
    window.removeEventListener("online", back);
    hush();
  }

  connect();
  return {
    close,
    /** Ask for the newest view now. */
    reload: connect,
    get seq() {
      return shownSeq;
    },
    get connected() {
      return socket !== null && socket.readyState === WebSocket.OPEN;
    },
  };
}
