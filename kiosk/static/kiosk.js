// The kiosk as one page: its steps are fetched and put in place of each other, so that a lost network
// meets a designed screen and never the browser's own. Without this file each step is a page.

import { isOtherCode } from "../look/hall_code.js";
import { keepLive } from "../look/live.js";
import { ask, parsed } from "../look/send.js";
import { clock, now } from "../look/time.js";
import { keepAwake } from "../look/wake.js";
import { fit } from "./fit.js";
import { watchHands } from "./hands.js";
import { bindKeypad } from "./keypad.js";
import { forget, keep, kept, withKeptKey } from "./kept.js";
import { printTicket, showPrintButton, withPrint } from "./paper.js";

const FETCH_TIMEOUT_MS = 8000;
const OFFLINE_RETRY_MS = 5000;
const SETTLE_MS = 600; // a second tap on what stood here before presses nothing that stands here now

const main = () => document.getElementById("main");
const home = main().dataset.home;
let busy = false;
let settling = 0;
let watching = null;

// --- steps ---

function load(url, init = {}) {
  const read = async (answer) => parsed(await answer.text());
  return ask(url, { ...init, headers: { Accept: "text/html" } }, { timeoutMs: FETCH_TIMEOUT_MS, read });
}

/** Go to a step. Resolves to false when the network failed: the offline screen then stands. */
async function go(url, init) {
  if (busy) return false;
  busy = true;
  document.body.classList.add("is-sending");
  if (init) keep(url, init.body);
  try {
    put(await load(url, init));
    if (init) forget();
    return true;
  } catch (error) {
    console.info("kiosk", error);
    showOffline(now());
    return false;
  } finally {
    busy = false;
    document.body.classList.remove("is-sending");
  }
}

function put(page) {
  const fresh = page.getElementById("main");
  // Not one of our steps (a proxy's page, a sign-in): say that it does not work, try again later.
  if (!fresh || !fresh.dataset.step) throw new Error("not a step of the kiosk");
  main().replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  document.querySelector(".page-foot").replaceWith(document.adoptNode(page.querySelector(".page-foot")));
  window.scrollTo(0, 0);
  settle();
  arrive();
}

function settle() {
  document.body.classList.add("is-settling");
  clearTimeout(settling);
  settling = setTimeout(() => document.body.classList.remove("is-settling"), SETTLE_MS);
}

function arrive() {
  const { step, backS } = main().dataset;
  hands.restart(backS ? Number(backS) : 0);
  bindKeypad(main());
  fit();
  if (step === "ticket") {
    showPrintButton(main());
    printTicket({ asked: false });
  }
}

async function toStart() {
  const inOtherLanguage = document.documentElement.lang !== "id";
  if (inOtherLanguage && (!watching || watching.connected)) {
    // A whole load: the page's embedded words change with it. Each start is in Indonesian.
    location.assign(withPrint(`${home}?lang=id`));
    return;
  }
  await go(home);
}

const hands = watchHands(() => {
  const atStart = main().dataset.step === "choose";
  if (!atStart || document.documentElement.lang !== "id") toStart();
});

// --- touches ---

document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  if (link.hasAttribute("data-language")) {
    event.preventDefault();
    location.assign(withPrint(link.href));
  } else if (link.hasAttribute("data-done")) {
    event.preventDefault();
    toStart();
  } else if (link.hasAttribute("data-go")) {
    event.preventDefault();
    go(link.href);
  }
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  go(form.action, { method: "POST", body: withKeptKey(new URLSearchParams(new FormData(form))) });
});

// --- the line to the server ---

/** "Cut off since 10.42", until the server answers again. */
function showOffline(since) {
  const screen = document.getElementById("offline");
  if (!screen.hidden) return;
  const time = clock(since, main().dataset.zone);
  for (const said of screen.querySelectorAll("[data-since]")) {
    said.textContent = said.dataset.since.replace("#", time);
  }
  screen.hidden = false;
  const again = setInterval(async () => {
    if (screen.hidden) {
      clearInterval(again);
      return;
    }
    try {
      await askAgain();
      screen.hidden = true;
      clearInterval(again);
    } catch (error) {
      console.info("still offline", error);
    }
  }, OFFLINE_RETRY_MS);
}

/** What was pressed and never answered, else the first page. */
async function askAgain() {
  const asked = kept();
  put(asked ? await load(asked.url, { method: "POST", body: asked.body }) : await load(home));
  forget();
}

function onView(view, seq) {
  // Only the first page shows what changes; a choice under somebody's finger stays as it is.
  const { step, seq: shown } = main().dataset;
  if (step !== "choose" || hands.down) return;
  if (Number(shown) !== seq) go(home);
  else if (isOtherCode(view)) turnCode();
}

/** The hall's code alone is another one: the tiles stay under whose finger they are. */
async function turnCode() {
  try {
    const fresh = (await load(home)).getElementById("hall-code");
    const shown = document.getElementById("hall-code");
    if (fresh && shown) shown.replaceWith(document.adoptNode(fresh));
  } catch (error) {
    console.info("the old code hides by itself", error);
  }
}

watching = keepLive({
  times: document.querySelector(".kiosk-head"),
  onView,
  onStale(since) {
    if (since !== null && main().dataset.step !== "ticket") showOffline(since);
  },
  onStop(reason) {
    // No kiosk of ours any more: the page then says how to pair it again.
    if (reason === "sign-in") location.assign(home);
    else showOffline(now());
  },
});
arrive();
keepAwake(true);

// Loaded anew while an answer was out: whoever pressed may still stand here.
if (kept()) {
  setTimeout(() => {
    if (kept() && !busy && main().dataset.step === "choose") {
      askAgain().catch((error) => console.info("kiosk", error));
    }
  }, OFFLINE_RETRY_MS);
}
