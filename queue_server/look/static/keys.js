// One key presses one button: <button data-key="n">. Never while somebody types, never with a
// modifier, never a key held down.

const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export function bindKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.matches(TYPING)) return;
    const key = event.key.toLowerCase();
    for (const button of root.querySelectorAll("[data-key]")) {
      if (button.dataset.key === key && !button.disabled && button.offsetParent !== null) {
        event.preventDefault();
        button.click();
        return;
      }
    }
  });
}
