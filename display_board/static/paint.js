// Puts a view, each call at its place, onto the page that Jinja rendered. Must not decide what is shown.
//
// Texts are set as text, never as markup: whatever a notice says, it stays a sentence.

import { clock, elapsed, now } from "../look/time.js";
import { t } from "../look/words.js";

const $ = (id) => document.getElementById(id);
const LONG_NOTICE = 90; // letters
const LONG_COUNTER = 10; // letters: "Counter 12"
const CODE_GRACE_MS = 10000; // past its time: the next one is on its way, or we are cut off
const CODE_RETRY_MS = 2000;

const show = (element, visible) => {
  if (element.hidden === visible) element.hidden = !visible;
};
const write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Everything but the clock, which runs by itself. */
export function paint(view, { hero, tone, current, earlier }) {
  const { screen } = view;
  document.title = t("board-title", { branch: view.name });
  write($("branch"), view.name);
  write($("today"), screen.today);
  $("main").dataset.state = screen.state;
  paintHero(hero, tone);
  paintRows($("current"), current);
  paintRows($("earlier"), earlier);
  show($("current-block"), current.length > 0);
  show($("earlier-block"), earlier.length > 0);
  show($("more"), screen.more !== "");
  write($("more"), screen.more);
  $("lists").dataset.rows = screen.rows;
  paintRest(screen);
  paintWaiting(view);
  paintNotice(view);
  paintJoin(view);
}

function paintHero(hero, tone) {
  const element = $("hero");
  show(element, hero !== null);
  if (hero === null) return;
  element.dataset.tone = tone;
  element.dataset.seq = hero.seq;
  write($("hero-label"), hero.label);
  paintNumber($("hero-number"), hero.number);
  writeCounter($("hero-counter"), hero.place);
}

/** What a screen reader says of a call. */
export const sentence = ({ number, place }) => t("say-called", { number, counter: place });

function paintNumber(element, number) {
  if (element.dataset.number === number) return;
  const [letter, digits] = number.split("-");
  element.dataset.number = number;
  element.classList.toggle("long", number.length > 5);
  element.classList.toggle("longer", number.length > 6);
  element.querySelector(".letter").textContent = letter;
  element.querySelector(".digits").textContent = digits;
}

function paintRows(list, calls) {
  while (list.children.length > calls.length) list.lastElementChild.remove();
  while (list.children.length < calls.length) {
    list.append($("row").content.firstElementChild.cloneNode(true));
  }
  calls.forEach((call, i) => paintRow(list.children[i], call));
}

function paintRow(row, call) {
  row.dataset.seq = call.seq;
  row.classList.toggle("withdrawn", call.withdrawn);
  paintNumber(row.querySelector(".ticket-number"), call.number);
  const since = row.querySelector(".board-since");
  since.setAttribute("datetime", call.at);
  write(since, elapsed(call.at));
  const words = call.withdrawn ? t("board-withdrawn-short") : call.place;
  writeCounter(row.querySelector(".board-counter"), words);
}

function writeCounter(element, text) {
  write(element, text);
  element.classList.toggle("long", text.length > LONG_COUNTER);
}

function paintRest({ state, title, text }) {
  show($("rest"), state !== "calls");
  write($("rest-title"), title);
  write($("rest-text"), text);
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
  write($("no-join"), cut ? t("board-join-cut") : view.screen.opening);
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
