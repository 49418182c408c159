// Is somebody there? After some seconds without a touch the page goes back to its start.

const IDLE_S = 60; // on the first page: only its language is put back

const TOUCHES = ["pointerdown", "keydown"];

/** `idle()` is called when nobody has touched for as long as the step allows. */
export function watchHands(idle) {
  let timer = 0;
  let seconds = IDLE_S;
  let down = false;

  function restart(forSeconds = seconds) {
    seconds = forSeconds || IDLE_S;
    clearTimeout(timer);
    timer = setTimeout(idle, seconds * 1000);
    rewind(seconds);
  }

  for (const name of TOUCHES) document.addEventListener(name, () => restart());
  document.addEventListener("pointerdown", () => {
    down = true;
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => {
      down = false;
    });
  }
  return {
    restart,
    get down() {
      return down;
    },
  };
}

// The bar that runs out starts again with the time it shows.
function rewind(seconds) {
  for (const bar of document.querySelectorAll(".bar i")) {
    const again = bar.cloneNode();
    again.style.animationDuration = `${seconds}s`;
    bar.replaceWith(again);
  }
}
