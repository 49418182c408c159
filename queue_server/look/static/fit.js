// Words are as long as they are, a screen as large as it is: letters become smaller until all of it fits.

const STEP = 0.05;

/**
 * Make the letters of these elements smaller, step by step from their own size to `least` of it, while
 * `isTooMuch()`. True when it fits.
 */
export function shrink(selector, isTooMuch, least) {
  for (let size = 1; size >= least; size -= STEP) {
    scale(selector, size);
    if (!isTooMuch()) return true;
  }
  return false;
}

/** Letters of so much of their own size. */
export function scale(selector, size) {
  for (const part of document.querySelectorAll(selector)) {
    part.style.fontSize = "";
    if (size < 1) part.style.fontSize = `${parseFloat(getComputedStyle(part).fontSize) * size}px`;
  }
}
