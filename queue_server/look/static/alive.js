/* What keeps a live page from standing still in silence: where a script did not arrive, or the browser
   knows no modules, it says so and loads itself again. Plain old script: must run everywhere, and needs
   nothing else. live.js says that it is not needed.
   <script src="alive.js" data-words="…" data-home="…" defer>; data-home: where to go, if not here. */
(function () {
  var STARTED_MS = 10000; // modules over a slow mobile network
  var SOON_MS = 5000; // whose turn it is must not wait
  var LATER_MS = 15000;
  var MOST_MS = 60000; // a hall of broken pages is no crowd
  var TRIES = "lapak-tries";
  var UNASKED = "unasked=1"; // no person did anything: a desk left alone must not look busy

  var script = document.currentScript || document.querySelector("script[data-words]");
  var main = document.getElementById("main");
  var told = false;
  if (location.search.indexOf(UNASKED) > 0 && history.replaceState) {
    // Whoever loads it again from now on is a person.
    history.replaceState(history.state, "", location.pathname
      + location.search.replace(UNASKED, "").replace(/[?&]$/, "") + location.hash);
  }
  if (!main || !main.getAttribute("data-socket")) return;

  function isLive() {
    return document.documentElement.getAttribute("data-live") === "yes";
  }

  function tries(count) {
    try {
      if (count === undefined) return Number(sessionStorage.getItem(TRIES)) || 0;
      sessionStorage.setItem(TRIES, String(count));
    } catch (error) {
      /* no storage: each try is the first */
    }
    return 0;
  }

  function say() {
    var banner = document.getElementById("stale");
    var words = banner && (banner.querySelector("span") || banner);
    if (!banner) return;
    words.textContent = script.getAttribute("data-words");
    banner.hidden = false;
    banner.removeAttribute("hidden");
  }

  function isTyping() {
    var field = document.activeElement;
    return Boolean(field && /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName) && field.value);
  }

  function again() {
    if (isLive()) return;
    if (isTyping()) {
      setTimeout(again, SOON_MS);
      return;
    }
    tries(tries() + 1);
    go(script.getAttribute("data-home") || location.pathname + location.search);
  }

  function go(address) {
    location.replace(address + (address.indexOf("?") < 0 ? "?" : "&") + UNASKED);
  }

  function broken() {
    var stage = main.getAttribute("data-stage");
    var first = stage === "next" || stage === "called" ? SOON_MS : LATER_MS;
    if (told || isLive()) return;
    told = true;
    say();
    setTimeout(again, tries() < 3 ? first : Math.min(MOST_MS, first * tries()));
  }

  window.addEventListener("error", function (event) {
    if (event.target && event.target.tagName === "SCRIPT") broken();
  }, true);
  if (!("noModule" in document.createElement("script"))) broken();
  setTimeout(function () {
    if (isLive()) tries(0);
    else broken();
  }, STARTED_MS);
})();
