// Server-rendered pages that stay right: on news the page is fetched again and put in place; forms are
// sent by fetch and their answer put in place; a key presses its button. Without this file the same
// forms post and redirect.

import { keepLive } from "./live.js";
import { answered, hold, morph, settle, untilQuiet } from "./morph.js";
import { showStale, showStopped } from "./page.js";
import { post } from "./send.js";
import { t } from "./words.js";

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const RELOAD_AFTER_MS = 3000; // younger pages that are sent to sign in ask first: no loops

// --- fetching again ---

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

function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter && submitter.name) body.append(submitter.name, submitter.value);
  const action = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action");
  return post(action || location.href, body, "text/html");
}

async function submit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-native")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  hold(form);
  try {
    const response = await send(form, event.submitter);
    answered(form);
    if (movedAwayFrom(response, form)) return;
    const html = await response.text();
    wanted = refreshing; // an older refresh under way must not overwrite this answer
    morph(html, { answer: true });
  } catch (error) {
    console.error("send", error);
    tellNotSent(form);
  } finally {
    settle();
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

// --- one key presses one button: <button data-key="n"> ---

// Never while somebody types, never with a modifier, never a key held down.
function press(event) {
  if (event.defaultPrevented || event.repeat) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof Element && event.target.matches(TYPING)) return;
  const key = event.key.toLowerCase();
  for (const button of document.querySelectorAll("[data-key]")) {
    if (button.dataset.key === key && !button.disabled && button.offsetParent !== null) {
      event.preventDefault();
      button.click();
      return;
    }
  }
}

// --- news ---

// Locked or signed out: nothing of the line stays on the screen; the server says where to go on.
// A page that was told so at once goes only where it is sent: reloaded, it would be told so again.
function onStop(reason) {
  if (reason === "sign-in" && performance.now() > RELOAD_AFTER_MS) location.reload();
  else {
    showStopped(reason);
    if (reason === "sign-in") refresh();
  }
}

function onView(view, seq) {
  const news = seq !== Number(document.getElementById("main").dataset.seq);
  if (news) refresh();
  document.dispatchEvent(new CustomEvent("live:view", { detail: { view, news } }));
}

document.addEventListener("submit", submit);
document.addEventListener("keydown", press);
document.addEventListener("live:fetch", refresh);
keepLive({ onView, onStale: showStale, onStop });
