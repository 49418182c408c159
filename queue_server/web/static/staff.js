// Small manners of the staff pages: links that change what is shown without leaving, countdowns, cards
// that close, and clicks that were meant for something else.

import { keepFocus } from "./focus.js";
import { refresh } from "../look/refresh.js";
import { announce } from "../look/page.js";
import { now } from "../look/time.js";

const LATE_MS = 300; // ask again a little after a deadline, so that the server agrees it has passed

// --- a link that only changes the list: <a data-live href="?all=1"> ---

function follow(event) {
  const link = event.target.closest("a[data-live]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const target = new URL(link.href, location.href);
  history.replaceState(history.state, "", target.pathname + target.search);
  refresh();
}

// --- find a number: <form data-live-search>; the address changes, the page follows ---

function find(event) {
  const form = event.target;
  if (!form.matches("[data-live-search]")) return;
  event.preventDefault();
  const text = new FormData(form).get("q").trim();
  const query = text ? `?q=${encodeURIComponent(text)}` : "";
  history.replaceState(history.state, "", location.pathname + query);
  refresh();
}

function emptyField() {
  const field = document.querySelector("[data-find]");
  const closed = !new URLSearchParams(location.search).get("q");
  if (field && closed && field !== document.activeElement) field.value = "";
}

// --- the second half of a double click belongs to what was there before it ---

function onlyOnce(event) {
  if (event.detail > 1 && event.target.closest("button, summary, a[data-live]")) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function noRepeat(event) {
  if (event.repeat && event.key === "Enter" && event.target.closest("button, summary")) {
    event.preventDefault();
  }
}

// --- countdowns: <span data-until="…">; at their end the server says what is possible now ---

const asked = new Set();

function countDown() {
  let due = false;
  for (const element of document.querySelectorAll("[data-until]")) {
    const until = element.dataset.until;
    const leftMs = Date.parse(until) - now();
    const left = Math.max(1, Math.round(leftMs / 1000));
    const text = leftMs > 0 ? (element.dataset.unit || "#").replace("#", left) : "";
    if (element.textContent !== text) element.textContent = text;
    if (Date.parse(until) + LATE_MS > now() || asked.has(until)) continue;
    asked.add(until);
    due = true;
  }
  if (due) refresh();
}

// --- cards: only one open, Escape closes it, what is in it gets the focus ---

function opened(event) {
  const card = event.target;
  if (!(card instanceof HTMLDetailsElement) || !card.open || !card.matches(".pop")) return;
  for (const other of document.querySelectorAll(".pop[open]")) if (other !== card) other.open = false;
  const first = card.querySelector(".pop-card select, .pop-card input:not([type=hidden]), .pop-card button");
  if (first) first.focus();
}

function closeCards(event) {
  if (event.type === "keydown" && event.key !== "Escape") return;
  for (const card of document.querySelectorAll(".pop[open]")) {
    if (event.type === "pointerdown" && card.contains(event.target)) continue;
    card.open = false;
    if (event.type === "keydown") card.querySelector("summary").focus();
  }
}

// An answer closes the card it came from, not one that was opened while it was on its way.
let cardsAtSend = [];

function noteCards() {
  cardsAtSend = [...document.querySelectorAll(".pop[open]")];
}

function closeAnswered() {
  for (const card of cardsAtSend) card.open = false;
  cardsAtSend = [];
}

// --- what a screen reader hears ---

let said = "";

function say({ detail }) {
  const refused = document.querySelector("#refused, .notice[data-flash]");
  const state = document.querySelector("[data-say]");
  const text = detail.answer && refused ? refused.textContent.trim() : state ? state.textContent.trim() : "";
  if (!text || text === said) return;
  said = text;
  announce(text);
}

document.addEventListener("click", onlyOnce, { capture: true });
document.addEventListener("keydown", noRepeat, { capture: true });
document.addEventListener("click", follow);
document.addEventListener("submit", find);
document.addEventListener("toggle", opened, { capture: true });
document.addEventListener("keydown", closeCards);
document.addEventListener("pointerdown", closeCards);
document.addEventListener("submit", noteCards, { capture: true });
document.addEventListener("live:painted", (event) => {
  if (event.detail.answer) closeAnswered();
  keepFocus(event.detail);
  emptyField();
  countDown();
  say(event);
});
countDown();
setInterval(countDown, 250);
