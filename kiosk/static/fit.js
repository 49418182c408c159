// Everything that can be touched stands on the screen at once: where names or a notice are long, all of it
// is a little smaller. Below the least size the page is scrolled; a phone's page is scrolled anyway.

const PARTS = ".kiosk, .kiosk-head, .kiosk-notice";
const STEP = 0.05;
const LEAST = 0.7;
const machine = window.matchMedia("(min-width: 48rem)");

/** Choose the size anew, for what stands on the page now. */
export function fit() {
  let size = 1;
  scale(size);
  while (machine.matches && size > LEAST && isTooLong()) {
    size -= STEP;
    scale(size);
  }
}

const isTooLong = () => document.documentElement.scrollHeight > window.innerHeight;

function scale(size) {
  for (const part of document.querySelectorAll(PARTS)) {
    part.style.fontSize = "";
    if (size < 1) part.style.fontSize = `${parseFloat(getComputedStyle(part).fontSize) * size}px`;
  }
}

window.addEventListener("resize", fit);
document.fonts.ready.then(fit);
