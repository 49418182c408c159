// A button that copies a field: <button data-copy="link" data-done="…" hidden>. Without this file the
// field is there to be copied by hand.

import { announce } from "../look/page.js";

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch (error) {
    console.info("copied the old way", error);
    document.execCommand("copy"); // plain http: the clipboard is not offered there
  }
  button.textContent = button.dataset.done;
  announce(button.dataset.done);
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}
