// Whatever the page needs is here and runs: again.js, which stands in the page, need not load it anew.

export function sayAlive() {
  document.documentElement.setAttribute("data-live", "");
}
