// Puts an arranged view onto the page that Jinja rendered. Must not decide what is shown.
//
// Texts are set as text, never as markup: whatever a notice says, it stays a sentence.

import { clock, now } from "../look/time.js";
import { language, t } from "../look/words.js";
import { kindOf } from "./arrange.js";

const $ = (id) => document.getElementById(id);
const STEPS = [4, 6, 8, 12, 18]; // rows the style sheet knows sizes for
const LONG_NOTICE = 90; // letters
const LONG_COUNTER = 10; // letters: "Counter 12"
const DAY_MS = 86400000;
const CODE_GRACE_MS = 10000; // past its time: the next one is on its way, or we are cut off
const CODE_RETRY_MS = 2000;

const show = (element, visible) => {
  if (element.hidden === visible) element.hidden = !visible;
};
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Everything but the clock, which runs by itself. */
export function paint(view, screen) {
  document.title = t("board-title", { branch: view.name });
  write($("branch"), view.name);
  $("main").dataset.state = screen.state;
  paintHero(view, screen);
  paintRows($("current"), view, screen.current);
  paintRows($("earlier"), view, screen.earlier);
  show($("current-block"), screen.current.length > 0);
  show($("earlier-block"), screen.earlier.length > 0);
  const rows = screen.current.length + screen.earlier.length;
  $("lists").dataset.rows = STEPS.find((step) => rows <= step) || STEPS[STEPS.length - 1];
  paintRest(view, screen);
  paintWaiting(view);
  paintNotice(view);
  paintJoin(view);
}

function paintHero(view, { hero, tone }) {
  const element = $("hero");
  show(element, hero !== null);
  if (hero === null) return;
  element.dataset.tone = tone;
  element.dataset.seq = hero.seq;
  write($("hero-label"), t(heroLabel(hero, tone)));
  paintNumber($("hero-number"), hero.number);
  writeCounter($("hero-counter"), counterName(view, hero));
}

function heroLabel(hero, tone) {
  if (tone === "withdrawn") return "board-withdrawn";
  if (tone === "over") return "board-last-called";
  return hero.again ? "board-called-again" : "board-called";
}

/** `Loket 3`, `Bilik 9`. */
export function counterName(view, call) {
  return t(`counter-${kindOf(view, call)}`, { counter: call.counter });
}

/** What a screen reader says of a call. */
export function sentence(view, call) {
  return t("say-called", { number: call.number, counter: counterName(view, call) });
}

function paintNumber(element, number) {
  if (element.dataset.number === number) return;
  const [letter, digits] = number.split("-");
  element.dataset.number = number;
  element.classList.toggle("long", number.length > 5);
  element.classList.toggle("longer", number.length > 6);
  element.querySelector(".letter").textContent = letter;
  element.querySelector(".digits").textContent = digits;
}

function paintRows(list, view, calls) {
  while (list.children.length > calls.length) list.lastElementChild.remove();
  while (list.children.length < calls.length) {
    list.append($("row").content.firstElementChild.cloneNode(true));
  }
  calls.forEach((call, i) => paintRow(list.children[i], view, call));
}

function paintRow(row, view, call) {
  row.dataset.seq = call.seq;
  row.classList.toggle("withdrawn", call.withdrawn);
  paintNumber(row.querySelector(".ticket-number"), call.number);
  const words = call.withdrawn ? t("board-withdrawn-short") : counterName(view, call);
  writeCounter(row.querySelector(".board-counter"), words);
}

function writeCounter(element, text) {
  write(element, text);
  element.classList.toggle("long", text.length > LONG_COUNTER);
}

function paintRest(view, { state }) {
  const [title, text] = restWords(view, state);
  show($("rest"), state !== "calls");
  write($("rest-title"), title);
  write($("rest-text"), text);
}

function restWords(view, state) {
  if (state === "before") return [t("board-before"), openingWords(view)];
  if (state === "closed") return [t("board-closed"), openingWords(view)];
  return [t("board-empty"), t("board-empty-text")];
}

function openingWords(view) {
  if (view.opens_at === null) return t("board-opens-by-hand");
  return t("board-opens", { when: when(view.opens_at, view.zone) });
}

function paintWaiting(view) {
  const list = $("waiting");
  const letters = Object.keys(view.waiting).sort();
  while (list.children.length > letters.length) list.lastElementChild.remove();
  while (list.children.length < letters.length) {
    list.append($("waiting-item").content.firstElementChild.cloneNode(true));
  }
  letters.forEach((letter, i) => {
    write(list.children[i].querySelector(".board-letter"), letter);
    write(list.children[i].querySelector(".board-count"), String(view.waiting[letter]));
  });
  show($("waiting-block"), letters.length > 0);
}

function paintNotice({ notice }) {
  show($("notice"), notice !== null);
  if (notice === null) return;
  write($("notice-text"), notice.text);
  $("notice").classList.toggle("long", notice.text.length > LONG_NOTICE);
}

function paintJoin(view) {
  const numbersGiven = view.open && view.opens_at === null;
  const image = $("join-code");
  if (view.join !== null) fetchCode(image, view.join);
  const isPresent = now() - Date.parse(image.dataset.until) < CODE_GRACE_MS;
  const cut = numbersGiven && view.join !== null && !isPresent;
  show($("join"), numbersGiven && view.join !== null && isPresent);
  show($("no-join"), cut || (view.open && !numbersGiven));
  write($("no-join"), cut ? t("board-join-cut") : openingWords(view));
}

let fetching = null; // the code on its way

// The old code stays until the new one is here: never a torn picture on a wall.
function fetchCode(image, { code, until }) {
  const source = `${image.dataset.source}?code=${encodeURIComponent(code)}`;
  if (image.getAttribute("src") === source || fetching === code) return;
  fetching = code;
  const next = new Image();
  next.onload = () => {
    image.src = source;
    image.dataset.until = until;
    fetching = null;
  };
  next.onerror = () => setTimeout(() => { fetching = null; }, CODE_RETRY_MS);
  next.src = source;
}

/** The short flash of a new call; the style sheet holds it still where less motion is wanted. */
export function flash() {
  const element = $("hero");
  element.classList.remove("flash");
  void element.offsetWidth; // so that the animation starts again
  element.classList.add("flash");
}

/** "Cut since 10.42"; null: right again. What is known stays on the screen. */
export function paintStale(since, zone) {
  show($("cut"), since !== null);
  if (since !== null) write($("cut-text"), t("board-stale", { time: clock(since, zone) }));
}

export function paintStopped() {
  show($("cut"), true);
  write($("cut-text"), t("board-stopped"));
}

/** The sign of the sound: on, off, or asking for a touch. */
export function paintSound(state) {
  const button = $("sound");
  button.hidden = false;
  button.dataset.sound = state;
  button.setAttribute("aria-pressed", String(state === "on"));
  write($("sound-text"), t(`board-sound-${state}`));
}

// As moments.when in Python: `pukul 07.30`, `besok pukul 07.30`, `Senin pukul 07.30`.
function when(at, zone) {
  const time = clock(at, zone);
  const days = Math.round((midnight(at, zone) - midnight(now(), zone)) / DAY_MS);
  if (days === 0) return t("when-today", { time });
  if (days === 1) return t("when-tomorrow", { time });
  const soon = days > 1 && days < 7;
  const options = soon ? { weekday: "long" } : { day: "numeric", month: "long" };
  const locale = language === "id" ? "id-ID" : "en-GB";
  const day = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }).format(new Date(at));
  return t(soon ? "when-weekday" : "when-date", { day, time });
}

// The date there, as a number of milliseconds one can subtract.
function midnight(at, zone) {
  return Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(at)));
}
