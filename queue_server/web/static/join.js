// Pressing is answered at once, also on a slow line. (Pressing twice is asking once: request_id.)

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
