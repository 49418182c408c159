// A page that was fetched again, put in place of the one that stands: nothing flashes, and what one
// types, opens or points at stays as it is. Must not know how the page came.

import { Idiomorph } from "./vendor/idiomorph/idiomorph.esm.js";
import { parsed } from "./send.js";
import { repaintTimes } from "./time.js";

const FLASH_MS = 8000; // an answer stays this long, though the page is refreshed under it
const POINTER_REST_MS = 250; // after a click the page may move again
const QUIET_CHECK_MS = 50;

const dirty = new WeakSet(); // fields somebody typed in
const unanswered = new WeakSet(); // forms whose request_id must survive until answered
const flashes = new WeakMap(); // notice -> until when it stays

let pointerDown = false;
let pointerRestUntil = 0;
let sending = 0;

/** A form is on its way: the page keeps still until `settle`. */
export function hold(form) {
  unanswered.add(form);
  sending += 1;
}

/** The form's answer is here: what was typed in it has been heard. */
export function answered(form) {
  unanswered.delete(form);
  for (const field of form.elements) dirty.delete(field);
}

export function settle() {
  sending -= 1;
}

const quiet = () => !pointerDown && Date.now() >= pointerRestUntil && sending === 0;

/** Resolves when nothing is pressed and nothing is on its way. */
export async function untilQuiet() {
  while (!quiet()) await new Promise((resolve) => setTimeout(resolve, QUIET_CHECK_MS));
}

function keepAsIs(oldNode, newNode) {
  if (!(oldNode instanceof Element)) return false;
  if (oldNode.hasAttribute("data-keep")) return true;
  if (dirty.has(oldNode)) return true;
  const form = oldNode.form;
  if (oldNode.name === "request_id" && form && unanswered.has(form)) return true;
  // Times are painted here: the server's text would only make them jump.
  return oldNode.matches("time") && isSameTime(oldNode, newNode);
}

const isSameTime = (oldNode, newNode) =>
  newNode instanceof Element && oldNode.getAttribute("datetime") === newNode.getAttribute("datetime");

const callbacks = {
  beforeNodeMorphed: (oldNode, newNode) => !keepAsIs(oldNode, newNode),
  beforeAttributeUpdated: (name, element) =>
    !(name === "open" && element.matches("details, dialog")) && name !== "aria-busy",
  beforeNodeRemoved: (node) => !(Date.now() < (flashes.get(node) || 0)),
};

/** Show the page that `html` holds. `answer`: it answers what somebody here just sent. */
export function morph(html, { answer = false } = {}) {
  const page = parsed(html);
  const fresh = page.getElementById("main");
  const current = document.getElementById("main");
  if (!fresh || !current) {
    location.reload();
    return;
  }
  if (answer) closeAsked(current);
  // Somebody typing is left alone; a focused button still says what it does now.
  const ignoreActiveValue = document.activeElement.matches("input, textarea, select");
  Idiomorph.morph(current, fresh, { morphStyle: "outerHTML", ignoreActiveValue, callbacks });
  document.title = page.title;
  noteFlashes();
  repaintTimes(document);
  document.dispatchEvent(new CustomEvent("live:painted", { detail: { answer } }));
}

function closeAsked(current) {
  for (const notice of current.querySelectorAll("[data-flash]")) notice.remove();
  for (const details of current.querySelectorAll("details.ask[open]")) details.open = false;
}

function noteFlashes() {
  for (const notice of document.querySelectorAll("[data-flash]")) {
    if (!flashes.has(notice)) flashes.set(notice, Date.now() + FLASH_MS);
  }
}

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
noteFlashes();
