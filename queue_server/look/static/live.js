// Server-rendered pages that stay right: <main data-socket="/ws/…" data-seq="17" data-zone="…">.
//
// On news the page is fetched again and <main> morphed, so that nothing flashes and what one types,
// opens or points at stays as it is. Forms are sent by fetch and their answer morphed in. Without
// this file the same forms post and redirect.

import { Idiomorph } from "./vendor/idiomorph/idiomorph.esm.js";
import { bindKeys } from "./keys.js";
import { showStale, showStopped } from "./page.js";
import { parsed } from "./parsed.js";
import { watch } from "./socket.js";
import { repaintTimes, runTimes, setServerTime } from "./time.js";
import { t } from "./words.js";

const FLASH_MS = 8000; // an answer stays this long, though the page is refreshed under it
const POINTER_REST_MS = 250; // after a click the page may move again
const SEND_TRIES = 3; // safe to repeat: the same request_id is the same request
const SEND_TIMEOUT_MS = 10000;
const RELOAD_AFTER_MS = 3000; // younger pages that are sent to sign in ask first: no loops

const main = () => document.getElementById("main");
const dirty = new WeakSet(); // fields somebody typed in
const unanswered = new WeakSet(); // forms whose request_id must survive until answered
const flashes = new WeakMap(); // notice -> until when it stays

// --- morphing ---

let pointerDown = false;
let pointerRestUntil = 0;
let sending = 0;

function quiet() {
  return !pointerDown && Date.now() >= pointerRestUntil && sending === 0;
}

async function untilQuiet() {
  while (!quiet()) await new Promise((resolve) => setTimeout(resolve, 50));
}

function keepAsIs(oldNode, newNode) {
  if (!(oldNode instanceof Element)) return false;
  if (oldNode.hasAttribute("data-keep")) return true;
  if (dirty.has(oldNode)) return true;
  const form = oldNode.form;
  if (oldNode.name === "request_id" && form && unanswered.has(form)) return true;
  // Times are painted here: the server's text would only make them jump.
  return oldNode.matches("time") && oldNode.getAttribute("datetime") === newNode.getAttribute?.("datetime");
}

const callbacks = {
  beforeNodeMorphed: (oldNode, newNode) => !keepAsIs(oldNode, newNode),
  beforeAttributeUpdated: (name, element) =>
    !(name === "open" && element.matches("details, dialog")) && name !== "aria-busy",
  beforeNodeRemoved: (node) => !(Date.now() < (flashes.get(node) || 0)),
};

function morph(html, { answer = false } = {}) {
  const page = parsed(html);
  const fresh = page.getElementById("main");
  const current = main();
  if (!fresh || !current) {
    location.reload();
    return;
  }
  if (answer) for (const notice of current.querySelectorAll("[data-flash]")) notice.remove();
  if (answer) for (const details of current.querySelectorAll("details.ask[open]")) details.open = false;
  // Somebody typing is left alone; a focused button still says what it does now.
  const ignoreActiveValue = document.activeElement.matches("input, textarea, select");
  Idiomorph.morph(current, fresh, { morphStyle: "outerHTML", ignoreActiveValue, callbacks });
  document.title = page.title;
  for (const notice of main().querySelectorAll("[data-flash]")) {
    if (!flashes.has(notice)) flashes.set(notice, Date.now() + FLASH_MS);
  }
  repaintTimes(document);
  document.dispatchEvent(new CustomEvent("live:painted", { detail: { answer } }));
}

// --- refreshing ---

let refreshing = false;
let wanted = false;

/** Fetch the page again and morph it in; calls while one is under way become one more. */
export async function refresh() {
  wanted = true;
  if (refreshing) return;
  refreshing = true;
  try {
    while (wanted) {
      wanted = false;
      // Nobody did anything: a desk left alone must not look busy.
      const headers = { Accept: "text/html", "Lapak-Live": "1" };
      const response = await fetch(location.href, { headers });
      if (movedAway(response)) return;
      if (!response.ok) throw new Error(`status ${response.status}`);
      const html = await response.text();
      await untilQuiet();
      // Something was pressed meanwhile: its answer is newer than what we hold.
      if (!wanted) morph(html);
    }
  } catch (error) {
    console.error("refresh", error);
  } finally {
    refreshing = false;
  }
}

function movedAway(response) {
  if (new URL(response.url).pathname === location.pathname) return false;
  location.assign(response.url);
  return true;
}

// --- forms ---

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter && submitter.name) body.append(submitter.name, submitter.value);
  const action = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action");
  for (let left = SEND_TRIES; ; left -= 1) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), SEND_TIMEOUT_MS);
    try {
      return await fetch(action || location.href, {
        method: "POST",
        body,
        headers: { Accept: "text/html" },
        signal: abort.signal,
      });
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 1000));
    } finally {
      clearTimeout(timer);
    }
  }
}

async function submit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-native")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  unanswered.add(form);
  sending += 1;
  try {
    const response = await send(form, event.submitter);
    unanswered.delete(form);
    for (const field of form.elements) dirty.delete(field);
    if (movedAwayFrom(response, form)) return;
    const html = await response.text();
    wanted = refreshing; // an older refresh under way must not overwrite this answer
    morph(html, { answer: true });
  } catch (error) {
    console.error("send", error);
    tellNotSent(form);
  } finally {
    sending -= 1;
    form.removeAttribute("aria-busy");
  }
}

// A refusal is answered at the form's own address, with the page in it: that is not moving away.
function movedAwayFrom(response, form) {
  const path = new URL(response.url).pathname;
  const own = new URL(form.getAttribute("action") || location.href, location.href).pathname;
  if (path === location.pathname) {
    history.replaceState(history.state, "", response.url);
    return false;
  }
  if (path === own && !response.redirected) return false;
  location.assign(response.url);
  return true;
}

function tellNotSent(form) {
  let line = form.querySelector(".not-sent");
  if (!line) {
    line = document.createElement("p");
    line.className = "not-sent wrong";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = t("not-sent");
}

// --- begin ---

// Locked or signed out: nothing of the line stays on the screen; the server says where to go on.
// A page that was told so at once goes only where it is sent: reloaded, it would be told so again.
function stopped(reason) {
  if (reason === "sign-in" && performance.now() > RELOAD_AFTER_MS) location.reload();
  else {
    showStopped(reason);
    if (reason === "sign-in") refresh();
  }
}

// The hall's code changes by time alone, without any news of the line.
function isOtherCode({ join }) {
  const shown = document.getElementById("hall-code");
  return Boolean(shown && join && shown.dataset.code !== join.code);
}

function begin() {
  document.addEventListener("submit", submit);
  document.addEventListener("input", (event) => dirty.add(event.target));
  document.addEventListener("pointerdown", () => {
    pointerDown = true;
  });
  for (const name of ["pointerup", "pointercancel", "blur"]) {
    window.addEventListener(name, () => {
      pointerDown = false;
      pointerRestUntil = Date.now() + POINTER_REST_MS;
    });
  }
  for (const notice of document.querySelectorAll("[data-flash]")) {
    flashes.set(notice, Date.now() + FLASH_MS);
  }
  bindKeys(document);
  const { socket, seq, zone, now } = main().dataset;
  if (now) setServerTime(now);
  runTimes(document);
  if (!socket) return;
  const handlers = {
    seq: Number(seq || -1),
    onView(view, newSeq) {
      if (newSeq !== Number(main().dataset.seq) || isOtherCode(view)) refresh();
      document.dispatchEvent(new CustomEvent("live:view", { detail: { view, seq: newSeq } }));
    },
    onBeat: ({ at }) => setServerTime(at),
    onStale: (since) => showStale(since, zone),
    onStop: stopped,
  };
  watch(socket, handlers);
}

begin();
