// All of a television's page stands on it, however long names and notices are: first what stands at its
// foot becomes smaller, then the rows a little, then what stands huge. A page that scrolls needs none of it.

import { scale, shrink } from "../look/fit.js";

const FOOT = ".board-notice, .board-letter, .board-count, .board-join img, .board-join h2, .board-join p";
const ROWS = ".board-rows .ticket-number, .board-rows .board-since, .board-rows .board-counter";
const HERO = "#hero-label, #hero-number, #hero-counter, #rest-title, #rest-text";
const STEPS = [[FOOT, 0.6], [ROWS, 0.75], [HERO, 0.5], [ROWS, 0.5]]; // what, and how small it may become
const CUTS = ["main", "hero", "rest", "lists"];
const FIGURE = 0.85; // of its letters' size a row needs at least; figures are 0.67 of it high
const television = window.matchMedia("(min-width: 44rem) and (min-height: 30rem)");

let fitted = "";

/** Choose sizes anew, where something else stands on the page than at the last time. */
export function fit() {
  const shown = whatIsShown();
  if (shown === fitted) return;
  fitted = shown;
  scale(`${FOOT}, ${ROWS}, ${HERO}`, 1);
  if (television.matches) STEPS.some(([what, least]) => shrink(what, isTooMuch, least));
}

function whatIsShown() {
  const parts = [...document.querySelectorAll(".board-cut, .board-head, .board > section")];
  const words = parts.map((part) => part.textContent);
  const away = document.querySelectorAll("[hidden]").length;
  return [window.innerWidth, window.innerHeight, away, ...words].join();
}

function isTooMuch() {
  const cut = CUTS.map((id) => document.getElementById(id));
  return cut.some((part) => part.scrollHeight > part.clientHeight + 1)
    || [...document.querySelectorAll("#current li")].some(isSquashed);
}

function isSquashed(row) {
  const size = parseFloat(getComputedStyle(row.firstElementChild).fontSize);
  const { height } = row.getBoundingClientRect();
  return height < size * FIGURE || row.lastElementChild.getBoundingClientRect().height > height + 1;
}

window.addEventListener("resize", fit);
document.fonts.ready.then(() => {
  fitted = "";
  fit();
});
