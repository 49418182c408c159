// Pressing is answered at once, also on a slow line. (Pressing twice is asking once: request_id.)
// The button says what it will take; what is missing is said in our words, not in the browser's.
// A scan counts for a few minutes: when they are over, the page says so by itself.

const form = document.getElementById("join");
const button = form.querySelector("button[type=submit]");
const identity = document.getElementById("identity");
const words = button.textContent;

const choices = () => Array.from(form.elements.service.length ? form.elements.service : [form.elements.service]);

function sayChoice() {
  const chosen = choices().find((choice) => choice.checked);
  button.textContent = chosen ? button.dataset.chosen.replace("{letter}", chosen.value) : words;
  for (const choice of choices()) choice.setCustomValidity("");
}

for (const choice of choices()) {
  choice.addEventListener("invalid", () => choice.setCustomValidity(button.dataset.choose));
  choice.addEventListener("change", sayChoice);
}

if (identity) {
  identity.addEventListener("input", () => identity.setCustomValidity(""));
  identity.addEventListener("invalid", () => identity.setCustomValidity(button.dataset.digits));
}

form.addEventListener("submit", () => {
  form.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.sending;
});

// Coming back by the back button finds the form as it was before.
window.addEventListener("pageshow", () => {
  form.removeAttribute("aria-busy");
  sayChoice();
});

const until = document.getElementById("until");
if (until) {
  // Counted from the server's clock: cheap phones are minutes off.
  const leftMs = Date.parse(until.dataset.until) - Date.parse(until.dataset.now);
  const endsAt = performance.now() + leftMs;
  const timer = setInterval(() => {
    if (performance.now() < endsAt) return;
    clearInterval(timer);
    until.hidden = true;
    document.getElementById("over").hidden = false;
  }, 1000);
}
