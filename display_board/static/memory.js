// A few small things this browser remembers. A screen whose storage is locked works all the same.

const PREFIX = "lapak-board-";

/** The value kept under `name`, or null. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch (error) {
    console.warn("not remembered:", name, error);
  }
}
