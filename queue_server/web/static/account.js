// The pages of signing in: a button that shows the password one types, one that prints, and digits
// that are sent when they are complete. Without this file nothing is missing but comfort.

for (const button of document.querySelectorAll("button[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  const words = [button.textContent, button.dataset.shown];
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = words[shown ? 0 : 1];
    button.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
  // Password managers offer to keep what was typed into a password field only.
  field.form.addEventListener("submit", () => {
    field.type = "password";
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
