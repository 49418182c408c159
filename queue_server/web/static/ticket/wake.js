// Keeps the screen on while the turn is near: a dark phone shows no call.

let lock = null;

/** Ask for it, or let it go. May be missing or refused: then the page is as it was. */
export async function keepAwake(wanted) {
  if (!navigator.wakeLock) return;
  try {
    if (wanted && !lock && document.visibilityState === "visible") {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => {
        lock = null;
      });
    } else if (!wanted && lock) {
      await lock.release();
    }
  } catch (error) {
    console.info("wake lock", error); // a phone saving its battery says no: its right
  }
}
