// The door: choices are remembered on this tablet, and slips print.

import { isOtherCode } from "../look/hall_code.js";
import { recall, remember } from "../look/memory.js";
import { fitPaper } from "../look/slip.js";
import { keepAwake } from "../look/wake.js";

// --- the hall's code changes by time alone, without any news of the line ---

document.addEventListener("live:view", ({ detail }) => {
  if (!detail.news && isOtherCode(detail.view)) document.dispatchEvent(new Event("live:fetch"));
});

// --- what this tablet remembers: only a habit, nothing of anybody ---

for (const box of document.querySelectorAll("[data-remember]")) {
  const old = recall(box.dataset.remember);
  if (old !== null) box.checked = old;
}
document.addEventListener("change", (event) => {
  const name = event.target.dataset && event.target.dataset.remember;
  if (name) remember(name, event.target.checked);
});

// Coming back to a kept page must not carry the last person's priority over to the next.
window.addEventListener("pageshow", (event) => {
  const priority = document.querySelector(".issue-priority input");
  if (event.persisted && priority) priority.checked = false;
});

// --- who stands at a door reads in passing ---

keepAwake(true);

// --- the slip ---

const { print: when, back } = document.getElementById("main").dataset;
const button = document.querySelector("[data-print-button]");
const paper = document.querySelector("[data-paper]");
if (button) {
  button.hidden = false;
  paper.hidden = false;
  fitRoll();
  paper.addEventListener("change", fitRoll);
  button.addEventListener("click", () => window.print());
  if (when === "now") printOnce();
}

function fitRoll() {
  fitPaper(paper.querySelector("input").checked);
}

// Printing by itself happens once, also when somebody comes back to this address.
function printOnce() {
  history.replaceState(history.state, "", location.pathname);
  window.addEventListener("afterprint", () => location.assign(back), { once: true });
  // A slip in letters that have not come yet would be measured in others.
  document.fonts.ready.then(() => window.print());
}
