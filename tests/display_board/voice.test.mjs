// One voice, one call at a time, whatever fails. Time is the test's.

import assert from "node:assert/strict";
import test from "node:test";

import { createVoice } from "./board/voice.js";

const call = (seq) => ({ seq, number: `A-${String(seq).padStart(3, "0")}` });
const calls = (n) => Array.from({ length: n }, (_, i) => call(i + 1));
const numbers = (list) => list.map((each) => each.number);

// A clock that jumps to the next alarm whenever everybody waits.
function clock() {
  let time = 0;
  const alarms = [];
  const settle = () => new Promise((done) => setImmediate(done));
  return {
    now: () => time,
    sleep: (ms) => new Promise((done) => alarms.push({ at: time + Math.max(0, ms), done })),
    async run(until = Infinity) {
      for (;;) {
        await settle();
        alarms.sort((a, b) => a.at - b.at);
        if (alarms.length === 0 || alarms[0].at > until) return;
        const next = alarms.shift();
        time = Math.max(time, next.at);
        next.done();
      }
    },
  };
}

function hall(speak) {
  const time = clock();
  const log = [];
  let talking = 0;
  let most = 0;
  const voice = createVoice({
    now: time.now,
    sleep: time.sleep,
    onStart: (each) => log.push([time.now(), "start", each.number]),
    onEnd: (each) => log.push([time.now(), "end", each.number]),
    async speak(each) {
      talking += 1;
      most = Math.max(most, talking);
      try {
        return await speak(each, time);
      } finally {
        talking -= 1;
      }
    },
  });
  const started = () => log.filter(([, what]) => what === "start").map(([, , number]) => number);
  return { voice, time, log, started, most: () => most };
}

const sevenSeconds = async (_, time) => {
  await time.sleep(7000);
  return true;
};

test("ten calls at once are said one at a time, in order", async () => {
  const { voice, time, started, most } = hall(sevenSeconds);
  voice.say(calls(10));
  await time.run();
  assert.deepEqual(started(), numbers(calls(10)));
  assert.equal(most(), 1);
  assert.equal(voice.busy, false);
});

test("calls that come while one is said wait behind it", async () => {
  const { voice, time, started } = hall(sevenSeconds);
  voice.say([call(1)]);
  await time.run(3000);
  voice.say([call(2)]);
  voice.say([call(3)]);
  assert.deepEqual(numbers(voice.waiting), ["A-002", "A-003"]);
  await time.run();
  assert.deepEqual(started(), ["A-001", "A-002", "A-003"]);
});

test("the first call is announced without delay", () => {
  const { voice, log } = hall(sevenSeconds);
  voice.say([call(1)]);
  assert.deepEqual(log, [[0, "start", "A-001"]]);
});

test("a clip that fails blocks nobody", async () => {
  const { voice, time, started } = hall(async (each) => {
    if (each.seq === 2) throw new Error("no clip");
    return true;
  });
  const error = console.error;
  console.error = () => {};
  voice.say(calls(3));
  await time.run();
  console.error = error;
  assert.deepEqual(started(), numbers(calls(3)));
});

test("a sentence that never ends is left after twenty seconds", async () => {
  const { voice, time, log } = hall((each) =>
    each.seq === 1 ? new Promise(() => {}) : Promise.resolve(true),
  );
  voice.say(calls(2));
  await time.run();
  const second = log.find(([, what, number]) => what === "start" && number === "A-002");
  assert.equal(second[0], 20_000);
});

test("without sound each number still stands long enough to be seen", async () => {
  const { voice, time, log } = hall(async () => false);
  voice.say(calls(3));
  await time.run();
  const starts = log.filter(([, what]) => what === "start").map(([at]) => at);
  assert.deepEqual(starts, [0, 1200, 2400]);
  assert.equal(log[log.length - 1][0], 4900);
});

test("the screen never changes its huge number more than three times a second", async () => {
  for (const heard of [true, false]) {
    const { voice, time, log } = hall(async () => heard);
    voice.say(calls(12));
    await time.run();
    const starts = log.filter(([, what]) => what === "start").map(([at]) => at);
    starts.slice(1).forEach((at, i) => assert.ok(at - starts[i] > 333));
  }
});

test("a call that was withdrawn while it waited is not said", async () => {
  const { voice, time, started } = hall(sevenSeconds);
  voice.say(calls(3));
  voice.drop([1, 2]);
  await time.run();
  assert.deepEqual(started(), ["A-001", "A-003"]); // the first had begun
});

test("what waited two minutes and is over is let go; what is still called is said", async () => {
  const { voice, time, started } = hall(sevenSeconds);
  voice.say(calls(20));
  await time.run(125_000);
  voice.tidy((each) => each.seq === 20);
  await time.run();
  assert.deepEqual(started().slice(-1), ["A-020"]);
  assert.ok(!started().includes("A-019"));
});

test("ten that wait are all said, even if they are over meanwhile", async () => {
  const { voice, time, started } = hall(sevenSeconds);
  voice.say(calls(10));
  await time.run(70_000);
  voice.tidy(() => false);
  await time.run();
  assert.deepEqual(started(), numbers(calls(10)));
});

test("the queue is bounded: the newest are kept", async () => {
  const { voice, time, started } = hall(async () => true);
  voice.say(calls(100));
  assert.ok(voice.waiting.length <= 64);
  await time.run();
  assert.equal(started().at(-1), "A-100");
});

test("while many wait it speaks shortly, and whole again for the last ones", async () => {
  const hasty = [];
  const time = clock();
  const voice = createVoice({
    now: time.now,
    sleep: time.sleep,
    speak: async (each, shortly) => {
      hasty.push(shortly);
      return true;
    },
  });
  voice.say(calls(7));
  await time.run();
  assert.deepEqual(hasty, [true, true, true, false, false, false, false]);
});
