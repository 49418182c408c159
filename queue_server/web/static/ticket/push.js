// The road to a phone whose page is closed: asked for by a press, never by itself, never again after a
// no. What this phone can do decides what stands in ticket/roads.html.

import { ask, script } from "../../look/send.js";

const KEY = "/api/v1/push/key";
const PUSH = "/api/v1/ticket/push";
const TRY_SOONER = 429;
const WORTH_MIN = 20; // installing on an iPhone is worth it for a wait of so many minutes

const block = document.getElementById("roads");
const said = document.getElementById("push-said");
const { of } = document.getElementById("main").dataset;

let waitMin = 0;

const isIphone = () => "standalone" in navigator;
const canPush = () =>
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

class NotTaken extends Error {
  constructor(path, status) {
    super(`${path}: ${status}`);
    this.status = status;
  }
}

/** Finds out which road there is, and takes the press. `view`: as it is shown first. */
export async function openRoads() {
  if (!block) return;
  document.getElementById("push-on").addEventListener("click", () => follow(turnOn()));
  document.getElementById("push-try").addEventListener("click", () => follow(tryOut()));
  if ("serviceWorker" in navigator) await follow(start());
  else show("none");
}

/** An iPhone's two steps are worth showing to whoever waits long. */
export function paintRoads({ wait }) {
  waitMin = wait ? wait.low_min : 0;
  if (block) show(block.dataset.state);
}

async function start() {
  const worker = await navigator.serviceWorker.register(script("/worker.js"), { scope: "/ticket" });
  if (!canPush()) show(isIphone() && !navigator.standalone ? "install" : "none");
  else if (Notification.permission === "denied") show("refused");
  else if (Notification.permission === "default") show("ask");
  else await subscribe(worker);
}

// Asked for at once, in the press itself: browsers forget a press while we wait for anything.
async function turnOn() {
  const wish = await Notification.requestPermission();
  if (wish === "granted") await subscribe(await navigator.serviceWorker.ready);
  else show(wish === "denied" ? "refused" : "ask");
}

async function subscribe(worker) {
  const { key } = await json(KEY);
  const wanted = bytes(key);
  let found = await worker.pushManager.getSubscription();
  if (found && !isFor(found, wanted)) {
    await found.unsubscribe();
    found = null;
  }
  const options = { userVisibleOnly: true, applicationServerKey: wanted };
  found = found || (await worker.pushManager.subscribe(options));
  await json(PUSH, found.toJSON());
  show("on");
}

async function tryOut() {
  const worker = await navigator.serviceWorker.ready;
  const { endpoint } = await worker.pushManager.getSubscription();
  await json(`${PUSH}/try`, { endpoint });
  say("tried");
}

async function follow(doing) {
  say("");
  try {
    await doing;
  } catch (error) {
    console.info("push", error);
    if (error.status === TRY_SOONER) say("wait");
    else fail();
  }
}

// The button stays: whoever wants may press again.
function fail() {
  if (block.dataset.state !== "") say("failed");
  else show("none");
}

function show(state) {
  block.dataset.state = state;
  const isWorth = state !== "install" || waitMin >= WORTH_MIN;
  for (const one of block.querySelectorAll("[data-road]")) {
    one.hidden = one.dataset.road !== state || !isWorth;
  }
}

function say(what) {
  said.textContent = what && said.dataset[what];
  said.hidden = what === "";
}

async function json(path, body) {
  const init = body && {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json" },
  };
  const answer = await ask(`${path}?of=${encodeURIComponent(of)}`, init || {});
  if (!answer.ok) throw new NotTaken(path, answer.status);
  return answer.json();
}

function isFor(subscription, key) {
  const { applicationServerKey: kept } = subscription.options || {};
  if (!kept) return true; // a browser that does not say
  const bits = new Uint8Array(kept);
  return bits.length === key.length && bits.every((bit, i) => bit === key[i]);
}

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
