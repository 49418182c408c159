// Keeps the screen on: a dark phone shows no call, a dark wall no number.
//
// A browser lets go of the screen whenever its page is not seen; seen again, it is asked again.

let wish = false;
let held = null; // or the promise of it

/** Can this browser do it at all? Not before 2020, and not over plain HTTP. */
export const canKeepAwake = () => Boolean(navigator.wakeLock);

/** Keep it on from now on, or let it go. May be missing or refused: then the page is as it was. */
export function keepAwake(wanted) {
  wish = wanted;
  return follow();
}

async function follow() {
  if (!canKeepAwake()) return;
  if (wish && !held && document.visibilityState === "visible") await hold();
  else if (!wish && held) await letGo();
}

async function hold() {
  const asked = navigator.wakeLock.request("screen");
  held = asked;
  try {
    const lock = await asked;
    lock.addEventListener("release", () => lost(asked));
    if (!wish) await letGo();
  } catch (error) {
    lost(asked);
    console.info("wake lock", error); // a device saving its battery says no: its right
  }
}

async function letGo() {
  const asked = held;
  held = null;
  try {
    await (await asked).release();
  } catch (error) {
    console.info("wake lock", error);
  }
}

function lost(asked) {
  if (held === asked) held = null;
}

document.addEventListener("visibilitychange", follow);
