// Everything that can be touched stands on the screen at once: where names or a notice are long, all of it
// is a little smaller. Below the least size the page is scrolled; a phone's page is scrolled anyway.

import { scale, shrink } from "../look/fit.js";

const PARTS = ".kiosk, .kiosk-head, .kiosk-notice, .given .ticket-number";
const LEAST = 0.7;
const machine = window.matchMedia("(min-width: 48rem)");

/** Choose the size anew, for what stands on the page now. */
export function fit() {
  if (machine.matches) shrink(PARTS, isTooLong, LEAST);
  else scale(PARTS, 1);
}

const isTooLong = () => document.documentElement.scrollHeight > window.innerHeight;

window.addEventListener("resize", fit);
document.fonts.ready.then(fit);
