// Promises of socket.js, held against a fake WebSocket and a fake clock. argv: folder of the modules.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

let clock = 1_000_000;
let timers = [];
let ids = 0;
let random = 1;
const opened = [];

class Target {
  listeners = {};
  addEventListener(name, run) {
    (this.listeners[name] ||= new Set()).add(run);
  }
  removeEventListener(name, run) {
    this.listeners[name]?.delete(run);
  }
  emit(name) {
    for (const run of this.listeners[name] || []) run();
  }
  count() {
    return Object.values(this.listeners).reduce((sum, set) => sum + set.size, 0);
  }
}

class FakeSocket {
  static OPEN = 1;
  readyState = 0;
  sent = [];
  constructor(url) {
    this.url = url;
    opened.push(this);
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(message) {
    this.onmessage?.({ data: typeof message === "string" ? message : JSON.stringify(message) });
  }
  drop(code = 1006, reason = "") {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
  send(text) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
    this.readyState = 3;
  }
}

const document = Object.assign(new Target(), { visibilityState: "visible" });
const window = new Target();
Object.assign(globalThis, { document, window, WebSocket: FakeSocket });
globalThis.location = { href: "https://branch.example/ticket" };
Date.now = () => clock;
Math.random = () => random;
globalThis.setTimeout = (run, ms) => {
  timers.push({ id: ++ids, at: clock + (ms || 0), run });
  return ids;
};
globalThis.setInterval = (run, ms) => {
  const id = ++ids;
  const again = () => {
    timers.push({ id, at: clock + ms, run: () => (again(), run()) });
  };
  again();
  return id;
};
globalThis.clearTimeout = globalThis.clearInterval = (id) => {
  timers = timers.filter((timer) => timer.id !== id);
};

function pass(ms) {
  const end = clock + ms;
  for (;;) {
    const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
    if (!due) break;
    timers = timers.filter((timer) => timer !== due);
    clock = Math.max(clock, due.at);
    due.run();
  }
  clock = end;
}

const { poll } = await import(pathToFileURL(`${process.argv[2]}/poll.js`).href);
const { watch } = await import(pathToFileURL(`${process.argv[2]}/socket.js`).href);

const tests = [];
const test = (name, run) => tests.push([name, run]);
const last = () => opened[opened.length - 1];
const live = () => opened.filter((socket) => !socket.closed && socket.readyState < 2).length;

function begin(options = {}) {
  opened.length = 0;
  timers = [];
  random = 1;
  document.visibilityState = "visible";
  const heard = { views: [], stale: [], stops: [], beats: [] };
  const watching = watch("/ws/ticket", {
    onView: (view, seq, info) => heard.views.push([seq, info.first]),
    onStale: (since) => heard.stale.push(since === null ? null : since.getTime()),
    onStop: (reason, code) => heard.stops.push([reason, code]),
    onBeat: (beat) => heard.beats.push(beat.seq),
    ...options,
  });
  return { watching, heard };
}

test("a hidden page whose line died in silence finds out, and hears that the network is back", () => {
  const { watching } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  document.visibilityState = "hidden";
  // Browsers let a hidden page's timers run once a minute.
  const throttled = () => {
    clock += 60000;
    const due = timers.filter((timer) => timer.at <= clock);
    timers = timers.filter((timer) => timer.at > clock);
    for (const timer of due) timer.run();
  };
  throttled();
  throttled();
  assert.equal(opened.length, 2);
  last().open();
  last().say({ seq: 2, view: {} });
  pass(4000);
  window.emit("online");
  assert.equal(opened.length, 3);
  watching.close();
});

test("where no line lets a word through, the view is asked for by HTTP until one does", async () => {
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return { ok: true, json: async () => ({ seq: 7 + asked.length }) };
  };
  const settle = () => new Promise((done) => setImmediate(done));
  const byHttp = (onView) => poll("/ticket?of=a", onView);
  const { watching, heard } = begin({ poll: byHttp });
  last().drop();
  pass(9000);
  assert.equal(heard.stale.length, 1, "said first");
  assert.deepEqual(asked, []);
  pass(5000);
  await settle();
  assert.deepEqual(asked, ["/ticket?of=a"]);
  assert.deepEqual(heard.views, [[8, true]]);
  pass(12000);
  await settle();
  assert.equal(heard.views.length, 2);
  assert.equal(heard.stale[heard.stale.length - 1], null, "what is asked for is right");
  pass(30000);
  last().open();
  last().say({ seq: 20, view: {} });
  const count = asked.length;
  pass(60000);
  await settle();
  assert.equal(asked.length, count, "the line speaks again");
  watching.close();
});

test("it speaks wss on an https page, and says nothing first where a cookie signs in", () => {
  const { watching } = begin();
  assert.equal(last().url, "wss://branch.example/ws/ticket");
  last().open();
  assert.deepEqual(last().sent, []);
  watching.close();
});

test("a token goes first, with what is shown", () => {
  const { watching } = begin({ token: "secret", seq: 7 });
  last().open();
  assert.deepEqual(last().sent, ['{"hello":{"token":"secret","seq":7}}']);
  watching.close();
});

test("an older view is ignored, the same seq and newer ones are shown", () => {
  const { watching, heard } = begin();
  last().open();
  for (const seq of [5, 4, 5, 6]) last().say({ seq, view: { date: "2026-11-23" } });
  assert.deepEqual(heard.views, [[5, true], [5, false], [6, false]]);
  assert.equal(watching.seq, 6);
  watching.close();
});

test("a new service day counts from one again", () => {
  const { watching, heard } = begin();
  last().open();
  last().say({ seq: 400, view: { date: "2026-11-23" } });
  last().say({ seq: 1, view: { date: "2026-11-24" } });
  assert.deepEqual(heard.views.map(([seq]) => seq), [400, 1]);
  watching.close();
});

test("the first view of a fresh connection counts, whatever its seq", () => {
  const { watching, heard } = begin();
  last().say({ seq: 9, view: {} });
  last().drop();
  pass(1000);
  last().say({ seq: 3, view: {} });
  assert.deepEqual(heard.views, [[9, true], [3, true]]);
  watching.close();
});

test("waits between tries double up to thirty seconds, with full jitter", () => {
  const { watching } = begin();
  const waits = [];
  for (let n = 0; n < 8; n += 1) {
    const before = opened.length;
    const started = clock;
    last().drop();
    while (opened.length === before) pass(50);
    waits.push(Math.round((clock - started) / 1000));
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
  random = 0;
  const before = opened.length;
  last().drop();
  pass(1);
  assert.equal(opened.length, before + 1);
  watching.close();
});

test("there is never more than one connection", () => {
  const { watching } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  for (let n = 0; n < 20; n += 1) {
    pass(4000);
    window.emit("online");
    document.emit("visibilitychange");
    window.emit("pageshow");
    watching.reload();
    assert.equal(live(), 1);
  }
  last().drop();
  watching.reload();
  pass(60_000);
  assert.equal(live(), 1);
  watching.close();
  assert.equal(live(), 0);
});

test("a line that is silent for a minute is given up, and said to be stale since then", () => {
  const { watching, heard } = begin();
  last().open();
  const at = clock;
  last().say({ seq: 1, view: {} });
  pass(70_000);
  assert.equal(opened.length, 2);
  assert.deepEqual(heard.stale, [at]);
  last().say({ seq: 1, view: {} });
  assert.deepEqual(heard.stale, [at, null]);
  watching.close();
});

test("heartbeats keep a line alive, also where others are called and the view stays as it is", () => {
  const { watching, heard } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  for (const seq of [1, 4, 9, 17]) {
    pass(25_000);
    last().say({ seq, at: "2026-11-23T00:00:00Z" });
    assert.equal(watching.seq, seq);
  }
  pass(20_000);
  assert.equal(opened.length, 1);
  assert.deepEqual(heard.views, [[1, true]]);
  assert.deepEqual(heard.stale, []);
  watching.close();
});

test("what a heartbeat called right is not undone by an older view", () => {
  const { watching, heard } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  last().say({ seq: 5, at: "2026-11-23T00:00:00Z" });
  last().say({ seq: 4, view: {} });
  assert.deepEqual(heard.views, [[1, true]], "older than what is known to be right");
  last().say({ seq: 6, view: {} });
  assert.deepEqual(heard.views, [[1, true], [6, false]]);
  watching.close();
});

test("a line lost without a word after heartbeats is found by the watchdog", () => {
  const { watching, heard } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  pass(25_000);
  last().say({ seq: 8, at: "2026-11-23T00:00:00Z" });
  const at = clock;
  pass(70_000);
  assert.equal(opened.length, 2);
  assert.equal(live(), 1);
  assert.deepEqual(heard.stale, [at]);
  last().say({ seq: 9, view: {} });
  assert.deepEqual(heard.stale, [at, null]);
  watching.close();
});

test("a heartbeat before the first view says nothing of what is shown", () => {
  const { watching } = begin({ seq: 3 });
  last().open();
  for (let n = 0; n < 5; n += 1) last().say({ seq: 9, at: "2026-11-23T00:00:00Z" });
  assert.equal(opened.length, 1);
  assert.equal(watching.seq, 3);
  watching.close();
});

test("a quick reconnection shows no banner; a longer one does, since the last word", () => {
  const { watching, heard } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  last().drop();
  pass(1500);
  last().say({ seq: 1, view: {} });
  assert.deepEqual(heard.stale, []);
  const at = clock;
  last().drop();
  pass(1500);
  last().drop();
  pass(10_000);
  assert.deepEqual(heard.stale, [at]);
  watching.close();
});

test("a page that never got through says so too", () => {
  const { watching, heard } = begin();
  last().drop();
  pass(10_000);
  assert.equal(heard.stale.length, 1);
  watching.close();
});

test("a device that slept asks again as soon as it wakes", () => {
  const { watching } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  clock += 3_600_000;
  pass(5000);
  assert.equal(opened.length, 2);
  watching.close();
});

test("a hidden page waits until it is seen", () => {
  const { watching } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  pass(10_000);
  document.visibilityState = "hidden";
  document.emit("visibilitychange");
  assert.equal(opened.length, 1);
  document.visibilityState = "visible";
  document.emit("visibilitychange");
  assert.equal(opened.length, 2);
  watching.close();
});

for (const [code, reason] of [[4401, "sign-in"], [4403, "forbidden"], [4404, "unknown"]]) {
  test(`${code} stops it and says why`, () => {
    const { heard } = begin();
    last().drop(code);
    pass(600_000);
    window.emit("online");
    assert.deepEqual(heard.stops, [[reason, code]]);
    assert.equal(opened.length, 1);
    assert.equal(document.count() + window.count(), 0);
  });
}

test("a page displaced by newer ones waits until somebody looks at it", () => {
  const { watching, heard } = begin();
  last().open();
  last().say({ seq: 1, view: {} });
  pass(10_000);
  last().drop(4409, "open elsewhere");
  const before = opened.length;
  assert.equal(heard.stale.length, 1);
  pass(600_000);
  assert.equal(opened.length, before);
  document.emit("visibilitychange");
  assert.equal(opened.length, before + 1);
  last().open();
  last().say({ seq: 1, view: {} });
  assert.equal(heard.stale.at(-1), null);
  assert.deepEqual(heard.stops, []);
  watching.close();
});

test("asked for room, it gives room", () => {
  for (const code of [4429, 1012]) {
    const { watching } = begin();
    last().drop(code);
    pass(7900);
    assert.equal(opened.length, 1);
    pass(200);
    assert.equal(opened.length, 2);
    watching.close();
  }
});

test("a restarting server may say over how many seconds to spread", () => {
  const { watching } = begin();
  random = 0.5;
  last().drop(1012, "spread 20");
  pass(9900);
  assert.equal(opened.length, 1);
  pass(200);
  assert.equal(opened.length, 2);
  watching.close();
});

test("what is not understood harms nobody", () => {
  console.error = () => {};
  const { watching, heard } = begin();
  last().open();
  last().say("no json");
  last().say({ seq: 1, view: {} });
  assert.equal(heard.views.length, 1);
  watching.close();
});

for (const [name, run] of tests) {
  try {
    await run();
  } catch (error) {
    console.log(`${name}\n${error.stack}`);
    process.exitCode = 1;
  }
}
console.log(process.exitCode ? "some failed" : `${tests.length} promises, all held`);
process.exit();
