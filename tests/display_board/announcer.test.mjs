// What the hall hears, as sentences. Run by test_modules.py, which puts the modules beside this file.

import assert from "node:assert/strict";
import test from "node:test";

import { createAnnouncer } from "./board/announcer.js";

const DAY = "2026-11-23";
const LAST_CALLS = 8;

const call = (seq, number, counter = "1", more = {}) => ({
  seq,
  number,
  counter,
  kind: "desk",
  at: `2026-11-23T01:${String(Math.floor(seq / 60) % 60).padStart(2, "0")}:${String(seq % 60).padStart(2, "0")}Z`,
  again: false,
  withdrawn: false,
  current: true,
  ...more,
});
const view = (calls, { seq, date = DAY } = {}) => ({
  date,
  seq: seq ?? Math.max(0, ...calls.map((each) => each.seq)),
  calls: [...calls].sort((a, b) => b.seq - a.seq),
});
const numbers = ({ say }) => say.map((each) => each.number);
const FIRST = { first: true };

function screen(...before) {
  const announcer = createAnnouncer();
  announcer.take(view(before), FIRST);
  return announcer;
}

test("a first load announces nothing old", () => {
  const announcer = createAnnouncer();
  assert.deepEqual(numbers(announcer.take(view([call(3, "A-001"), call(5, "A-002")]), FIRST)), []);
  assert.deepEqual(numbers(announcer.take(view([call(3, "A-001"), call(5, "A-002")]), FIRST)), []);
});

test("ten calls within a second are ten announcements in order, however they arrive", () => {
  const ten = Array.from({ length: 10 }, (_, i) => call(10 + i, `A-0${10 + i}`, String(i + 1)));
  const wanted = ten.map((each) => each.number);
  assert.deepEqual(numbers(screen().take(view(ten))), wanted);
  const announcer = screen();
  const said = ten.flatMap((_, i) => numbers(announcer.take(view(ten.slice(0, i + 1)))));
  assert.deepEqual(said, wanted);
});

test("each announcement carries its own number and counter", () => {
  const calls = [call(4, "B-001", "7"), call(5, "A-009", "2")];
  assert.deepEqual(screen().take(view(calls)).say, calls);
});

test("three calls during an outage are announced on return, once and in order", () => {
  const announcer = screen(call(1, "A-001"));
  const missed = [call(2, "A-002", "1"), call(3, "A-003", "2"), call(4, "A-004", "3")];
  const after = view([call(1, "A-001", "1", { current: false }), ...missed]);
  assert.deepEqual(numbers(announcer.take(after, FIRST)), ["A-002", "A-003", "A-004"]);
  assert.deepEqual(numbers(announcer.take(after)), []);
  assert.deepEqual(numbers(announcer.take(after, FIRST)), []);
});

test("after an outage only those still called are announced", () => {
  const calls = [call(2, "A-002", "1", { current: false }), call(3, "A-003", "2")];
  assert.deepEqual(numbers(screen(call(1, "A-001")).take(view(calls), FIRST)), ["A-003"]);
});

test("a call shorter than a view is announced while the line is up", () => {
  const short = call(2, "A-002", "1", { current: false });
  assert.deepEqual(numbers(screen(call(1, "A-001")).take(view([short]))), ["A-002"]);
});

test("a recall is announced again", () => {
  const announcer = screen();
  assert.deepEqual(numbers(announcer.take(view([call(2, "A-002")]))), ["A-002"]);
  const recalled = [call(2, "A-002", "1", { current: false }), call(9, "A-002", "1", { again: true })];
  assert.deepEqual(announcer.take(view(recalled)).say, [recalled[1]]);
});

test("a call and its recall missed together are announced once", () => {
  const both = [call(2, "A-002", "1", { current: false }), call(9, "A-002", "1", { again: true })];
  assert.deepEqual(screen(call(1, "A-001")).take(view(both), FIRST).say, [both[1]]);
  assert.deepEqual(screen(call(1, "A-001")).take(view(both)).say, [both[1]]);
});

test("a withdrawn call is never announced, and taken back where it still waits", () => {
  const announcer = screen();
  announcer.take(view([call(2, "A-002")]));
  const gone = call(2, "A-002", "1", { withdrawn: true, current: false });
  const { say, drop } = announcer.take(view([gone, call(4, "A-003")], { seq: 4 }));
  assert.deepEqual(say.map((each) => each.number), ["A-003"]);
  assert.deepEqual(drop, [2]);
  const unheard = call(5, "A-005", "1", { withdrawn: true, current: false });
  assert.deepEqual(numbers(announcer.take(view([unheard], { seq: 6 }))), []);
});

test("a call that was undone and made again is announced again", () => {
  const announcer = screen();
  announcer.take(view([call(2, "A-002")]));
  const gone = call(2, "A-002", "1", { withdrawn: true, current: false });
  announcer.take(view([gone], { seq: 3 }));
  assert.deepEqual(numbers(announcer.take(view([gone, call(4, "A-002", "2")]))), ["A-002"]);
});

test("somebody called to another counter is not sent to the first one any more", () => {
  const announcer = screen();
  const first = call(2, "A-002", "1", { current: false });
  assert.deepEqual(announcer.take(view([first, call(4, "A-002", "5")])).say, [call(4, "A-002", "5")]);
  assert.deepEqual(announcer.take(view([first, call(4, "A-002", "5")])).drop, [2]);
});

test("a reload announces nothing twice and loses no call made meanwhile", () => {
  const before = screen();
  before.take(view([call(2, "A-002")]));
  const saved = JSON.parse(JSON.stringify(before.memory()));
  const after = createAnnouncer(saved);
  const now = view([call(2, "A-002"), call(3, "A-003")]);
  assert.deepEqual(numbers(after.take(now, FIRST)), ["A-003"]);
  assert.deepEqual(numbers(after.take(now, FIRST)), []);
});

test("a reload goes on with the calls that were still waiting to be said", () => {
  const before = screen();
  const { say } = before.take(view([call(2, "A-002"), call(3, "A-003"), call(4, "A-004")]));
  const after = createAnnouncer(before.memory(say.slice(1)));
  const again = after.take(view([call(2, "A-002"), call(3, "A-003"), call(4, "A-004")]), FIRST);
  assert.deepEqual(numbers(again), ["A-003", "A-004"]);
});

test("a memory of another day is no memory", () => {
  const yesterday = { date: "2026-11-22", seq: 900, known: [] };
  const announcer = createAnnouncer(yesterday);
  assert.deepEqual(numbers(announcer.take(view([call(3, "A-001")]), FIRST)), []);
  assert.deepEqual(numbers(announcer.take(view([call(3, "A-001"), call(4, "A-002")]))), ["A-002"]);
});

for (const broken of [undefined, 7, "x", {}, { date: DAY }, { date: DAY, seq: "9", known: [] }]) {
  test(`a broken memory is no memory: ${JSON.stringify(broken)}`, () => {
    const announcer = createAnnouncer(broken);
    assert.deepEqual(numbers(announcer.take(view([call(3, "A-001")]), FIRST)), []);
  });
}

test("a new day counts from one, and its calls are heard", () => {
  const announcer = screen(call(700, "A-090"));
  const morning = view([call(3, "A-001")], { date: "2026-11-24" });
  assert.deepEqual(numbers(announcer.take(morning)), ["A-001"]);
});

test("a restored, shorter log is followed, and its new calls are heard", () => {
  const announcer = screen(call(700, "A-090"));
  announcer.take(view([call(640, "A-080")], { seq: 640 }), FIRST);
  const other = { ...call(641, "A-081"), at: "2026-11-23T09:00:00Z" };
  assert.deepEqual(numbers(announcer.take(view([other]))), ["A-081"]);
});

test("a server that lags behind makes nothing heard twice", () => {
  const announcer = screen();
  const calls = [call(10, "A-001"), call(11, "A-002")];
  assert.deepEqual(numbers(announcer.take(view(calls))), ["A-001", "A-002"]);
  assert.deepEqual(numbers(announcer.take(view(calls.slice(0, 1)), FIRST)), []);
  assert.deepEqual(numbers(announcer.take(view(calls))), []);
});

// A small branch at random: counters call, recall, finish, undo; the screen sees only some of the
// views, is cut off now and then, and is loaded again now and then.
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function branch(dice) {
  const calls = [];
  let seq = 0;
  let issued = 0;
  const open = () => calls.filter((each) => each.current);
  const acts = [
    () => {
      issued += 1;
      const number = `A-${String(issued).padStart(3, "0")}`;
      calls.push(call((seq += 1), number, String(1 + dice(9))));
    },
    () => {
      const at = open()[dice(open().length || 1)];
      if (!at) return;
      at.current = false;
      calls.push(call((seq += 1), at.number, at.counter, { again: true }));
    },
    () => {
      const at = open()[dice(open().length || 1)];
      if (at) [at.current, seq] = [false, seq + 1];
    },
    () => {
      const at = open()[dice(open().length || 1)];
      if (at) [at.current, at.withdrawn, seq] = [false, true, seq + 1];
    },
  ];
  return {
    act: () => acts[[0, 0, 0, 1, 2, 2, 3][dice(7)]](),
    now: () => {
      const newest = [...calls].reverse();
      const shown = newest.filter((each, i) => i < LAST_CALLS || each.current);
      return structuredClone(view(shown, { seq }));
    },
  };
}

const runs = Number(process.env.BOARD_RUNS || 300);
test(`nothing skipped, doubled or out of order in ${runs} random mornings`, () => {
  for (let seed = 1; seed <= runs; seed += 1) morning(seed);
});

function morning(seed) {
  const dice = random(seed);
  const office = branch(dice);
  let announcer = createAnnouncer();
  announcer.take(office.now(), FIRST);
  let mark = office.now().seq;
  const heard = [];
  for (let step = 0; step < 60; step += 1) {
    const cut = dice(6) === 0;
    for (let acts = 1 + dice(cut ? 8 : 3); acts > 0; acts -= 1) office.act();
    const reload = cut && dice(2) === 0;
    if (reload) announcer = createAnnouncer(JSON.parse(JSON.stringify(announcer.memory())));
    const shown = office.now();
    const { say } = announcer.take(shown, { first: cut });
    const why = `seed ${seed}, step ${step}`;
    const news = shown.calls.filter((each) => each.seq > mark).reverse();
    const newest = news.filter(
      (each) => !news.some((later) => later.number === each.number && later.seq > each.seq && !later.withdrawn),
    );
    const due = newest.filter((each) => !each.withdrawn && (each.current || !cut));
    assert.deepEqual(say, due, why);
    for (const each of say) {
      assert.ok(!heard.includes(each.seq), `${why}: ${each.number} twice`);
      assert.ok(heard.length === 0 || heard[heard.length - 1] < each.seq, `${why}: out of order`);
      heard.push(each.seq);
    }
    mark = shown.seq;
  }
  assert.ok(heard.length > 10, `seed ${seed}: hardly anything was called`);
}
