// Where the focus goes when the page changed under it: a button that was pressed and is gone, or sleeps
// now, hands it on. Else the next Tab would begin at the top of the page again.

const FOCUSABLE = "a, button, input, select, textarea, summary, [tabindex]";

let held = { id: "", seat: "" };

const seatOf = (element) => element.closest("[data-seat]");

function note({ target }) {
  const seat = seatOf(target);
  held = { id: target.id, seat: seat ? seat.id : "" };
}

// Touched beside everything: nobody wants the focus anywhere.
function letGo({ target }) {
  if (target instanceof Element && !target.closest(FOCUSABLE)) held = null;
}

function candidates(answer) {
  const byId = [held && held.id, held && held.seat].map((id) => id && document.getElementById(id));
  if (!answer) return byId;
  // What was just done is at the seat touched last, else the next person is the next thing to do.
  const seat = held && held.seat ? null : document.querySelector(".seat.is-active");
  const next = ["#call-button", "main .button.primary:not([disabled])", "#main"];
  return [...byId, seat, ...next.map((selector) => document.querySelector(selector))];
}

/** After a painting. `answer`: it answers what was pressed here, by a letter too. */
export function keepFocus({ answer }) {
  const { activeElement } = document;
  if (activeElement !== document.body && !activeElement.disabled) return;
  if (!held && !answer) return;
  const target = candidates(answer).find((each) => each && !each.disabled);
  if (target) target.focus({ preventScroll: true });
}

document.addEventListener("focusin", note);
document.addEventListener("pointerdown", letGo);
