// A browser's wake lock as browsers have it, and what wake.js does with it. Run by test_modules.py.
// argv: the folder of the modules.

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

const heard = [];
let locks = [];
let refuses = false;
const wakeLock = {
  async request(what) {
    assert.equal(what, "screen");
    await null;
    if (refuses) throw new Error("saving the battery");
    const lock = { on: true, told: () => {}, addEventListener: (_, told) => { lock.told = told; } };
    lock.release = async () => { lock.on = false; lock.told(); };
    locks.push(lock);
    return lock;
  },
};
globalThis.document = {
  visibilityState: "visible",
  addEventListener: (name, told) => heard.push([name, told]),
};
Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
console.info = () => {};

const { canKeepAwake, keepAwake } = await import(pathToFileURL(`${process.argv[2]}/wake.js`).href);
const [[event, onVisibility]] = heard;
const held = () => locks.filter((lock) => lock.on).length;

async function see(state) {
  document.visibilityState = state;
  // As browsers do: a page that is not seen keeps no screen on.
  if (state === "hidden") for (const lock of locks) if (lock.on) await lock.release();
  await onVisibility();
}

assert.equal(event, "visibilitychange");

// A browser without it.
assert.equal(canKeepAwake(), false);
await keepAwake(true);
await keepAwake(false);

navigator.wakeLock = wakeLock;
assert.equal(canKeepAwake(), true);

// Held once, however often it is asked, at once or later.
await Promise.all([keepAwake(true), keepAwake(true)]);
await keepAwake(true);
assert.equal(locks.length, 1);

// Lost while another page is seen, and asked again by itself; as often as that happens.
for (let i = 0; i < 3; i += 1) {
  await see("hidden");
  assert.equal(held(), 0);
  await see("visible");
  assert.equal(held(), 1);
}

// Let go: also when seen again.
await keepAwake(false);
assert.equal(held(), 0);
await see("hidden");
await see("visible");
assert.equal(held(), 0);

// Wanted while unseen: as soon as it is seen.
document.visibilityState = "hidden";
await keepAwake(true);
assert.equal(held(), 0);
await see("visible");
assert.equal(held(), 1);

// Let go while it is still being asked for.
await keepAwake(false);
await Promise.all([keepAwake(true), keepAwake(false)]);
assert.equal(held(), 0);

// Refused: the page goes on, and the next look asks again.
refuses = true;
await keepAwake(true);
assert.equal(held(), 0);
refuses = false;
await see("visible");
assert.equal(held(), 1);

console.log("all held");
