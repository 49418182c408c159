// The desk's keys for open tickets: R, S, F, K, P, B, T mean the seat with the focus, else the one touched
// last; 1, 2, 3 … go to a seat. Never another person's: a button that sleeps there stays asleep.
// (Every other key is look's refresh.js: it presses the first button on the page with that key.)

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function plain(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return false;
  return !(event.target instanceof Element && event.target.matches(TYPING));
}

const withKey = (root, key) => root.querySelector(`[data-key="${CSS.escape(key)}"]`);

function seatKey(event) {
  if (!plain(event)) return;
  const key = event.key.toLowerCase();
  const seats = document.getElementById("seats");
  const focused = document.activeElement && document.activeElement.closest("[data-seat]");
  if (/^[1-9]$/.test(key)) {
    const seat = seats.querySelector(`[data-seat="${key}"]`);
    if (seat) seat.focus();
    return;
  }
  // Who calls the next one means that one from now on.
  const call = document.getElementById("call-button");
  if (key === "n" && call && focused && document.activeElement === focused) call.focus();
  if (!withKey(seats, key)) return;
  event.preventDefault();
  const button = withKey(focused || seats.querySelector(".is-active") || seats, key);
  if (!button) return;
  if (button.disabled) sayWhy(button);
  else button.click();
}

// Seen and heard until the page next changes.
function sayWhy({ dataset }) {
  document.getElementById("key-said").textContent = dataset.why || "";
}

// Capture: before refresh.js looks for the first button on the page.
document.addEventListener("keydown", seatKey, { capture: true });
