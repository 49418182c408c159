// A few small things this browser remembers: habits, nothing of anybody. A page whose storage is
// locked works all the same, and asks again.

export const kept = () => localStorage;
export const whileOpen = () => sessionStorage;

/** The value remembered under `name`, or null. */
export function recall(name, storage = kept) {
  try {
    return JSON.parse(storage().getItem(name));
  } catch (error) {
    return null;
  }
}

export function remember(name, value, storage = kept) {
  try {
    storage().setItem(name, JSON.stringify(value));
  } catch (error) {
    console.info("not remembered:", name, error);
  }
}
