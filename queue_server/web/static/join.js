// Pressing is answered at once, also on a slow line. (Pressing twice is asking once: request_id.)
// A scan counts for a few minutes: when they are over, the page says so by itself.

const form = document.getElementById("join");
const button = form.querySelector("button[type=submit]");
const words = button.textContent;

form.addEventListener("submit", () => {
  form.setAttribute("aria-busy", "true");
  button.textContent = button.dataset.sending;
});

// Coming back by the back button finds the form as it was before.
window.addEventListener("pageshow", () => {
  form.removeAttribute("aria-busy");
  button.textContent = words;
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
