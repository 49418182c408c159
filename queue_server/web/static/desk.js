// The desk's keys where there are several seats: 1, 2, 3 … go to a seat, and R, S, F, K, P then mean that one.
// (Everything else about keys is look's keys.js: it presses the first button on the page with the key.)

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function plain(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return false;
  return !(event.target instanceof Element && event.target.matches(TYPING));
}

function seatKey(event) {
  if (!plain(event)) return;
  const seat = document.querySelector(`[data-seat="${CSS.escape(event.key)}"]`);
  if (seat && /^[1-9]$/.test(event.key)) {
    seat.focus();
    return;
  }
  const here = document.activeElement && document.activeElement.closest("[data-seat]");
  const button = here && here.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!button) return;
  // The seat with the focus answers, even when its button sleeps: never another person's.
  event.preventDefault();
  if (!button.disabled) button.click();
}

// Capture: before keys.js looks for the first button on the page.
document.addEventListener("keydown", seatKey, { capture: true });
