// The door: choices are remembered on this tablet, and slips print.

// --- what this tablet remembers: only a habit, nothing of anybody ---

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage forbidden: the choice is asked again
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // As above.
  }
}

for (const box of document.querySelectorAll("[data-remember]")) {
  const old = remembered(box.dataset.remember);
  if (old !== null) box.checked = old === "yes";
}
document.addEventListener("change", (event) => {
  const name = event.target.dataset && event.target.dataset.remember;
  if (name) remember(name, event.target.checked ? "yes" : "no");
});

// Coming back to a kept page must not carry the last person's priority over to the next.
window.addEventListener("pageshow", (event) => {
  const priority = document.querySelector(".issue-priority input");
  if (event.persisted && priority) priority.checked = false;
});

// --- the slip ---

const { print: when, back } = document.getElementById("main").dataset;
const button = document.querySelector("[data-print-button]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if (when === "now") printOnce();
}

// Printing by itself happens once, also when somebody comes back to this address.
function printOnce() {
  history.replaceState(history.state, "", location.pathname);
  window.addEventListener("afterprint", () => location.assign(back), { once: true });
  window.print();
}
