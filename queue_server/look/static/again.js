// A page whose modules do not run: says so, and loads itself again. Stands in the page itself
// (look/again.py), so that it is there when nothing else arrived, and in the language of 2009, so that
// browsers which know no modules understand it. A page that lives says so by <html data-live>.
//
// <script id="again" data-after-s="15" data-says="…" data-at="/kiosk/bontang">: after how long; what it
// says then; where to, if not here.
(function () {
  var TICK_MS = 500;
  var PATIENCE_MS = 10000; // modules that are longer on their way count as missing, until they come
  var FIRST_MS = 3000; // what was lost once is there the next time: the first try comes soon …
  var LONGEST_MS = 60000; // … and whatever is wrong, no try comes later than this after the one before
  var SPREAD = 0.2; // a hall full of pages does not come back at one moment
  var HANDS_MS = 10000; // who touched the page just now is left alone …
  var WRITING_MS = 60000; // … and longer with a field half filled in
  var ANSWER_MS = 10000;
  var UNASKED = "unasked=1"; // no person did anything: a desk left alone must not look busy
  var NAME = "lapak-again " + location.pathname;

  var root = document.documentElement;
  var given = document.getElementById("again");
  var banner = document.getElementById("stale");
  var afterMs = Number(given.getAttribute("data-after-s")) * 1000;
  var elsewhere = given.getAttribute("data-at");
  var knowsModules = "noModule" in given;
  var beganAt = Date.now();
  var touchedAt = elsewhere ? beganAt : 0;
  var missing = false;
  var dueAt = 0;
  var asking = false;

  function tries(count) {
    try {
      if (count === undefined) return Number(sessionStorage.getItem(NAME)) || 0;
      sessionStorage.setItem(NAME, String(count));
    } catch (error) {
      // A browser that keeps nothing tries at the same pace for ever.
    }
    return 0;
  }

  function pauseMs() {
    var count = tries();
    var ms = afterMs;
    if (knowsModules && count > 0) ms = Math.min(LONGEST_MS, afterMs * Math.pow(2, count - 1));
    else if (knowsModules && !elsewhere) ms = Math.min(FIRST_MS, afterMs);
    return ms * (1 + Math.random() * SPREAD);
  }

  function isTouched() {
    var field = document.activeElement;
    var writing = field && "defaultValue" in field && field.value !== field.defaultValue;
    var rest = writing ? WRITING_MS : HANDS_MS;
    if (elsewhere) rest = afterMs; // a machine in the hall: whoever stands there is not hurried
    return Date.now() - touchedAt < rest;
  }

  function say(shown) {
    banner.hidden = !shown;
    banner.getElementsByTagName("span")[0].textContent = shown ? given.getAttribute("data-says") : "";
    root.className = root.className.replace(/ ?\bis-stale\b/, "") + (shown ? " is-stale" : "");
  }

  function go(address) {
    tries(tries() + 1);
    location.replace(address + (address.indexOf("?") < 0 ? "?" : "&") + UNASKED);
  }

  // Asked first: a page that is old is worth more than the browser's own about a network that is gone.
  function ask() {
    var address = elsewhere || location.pathname.split("/do/")[0] + location.search;
    var request = new XMLHttpRequest();
    asking = true;
    request.open("HEAD", address);
    request.timeout = ANSWER_MS;
    request.setRequestHeader("Lapak-Live", "1");
    request.onloadend = function () {
      asking = false;
      if (request.status > 0 && request.status < 500) go(address);
      else dueAt = Date.now() + pauseMs();
    };
    request.send();
  }

  function tick() {
    var time = Date.now();
    if (!missing && root.hasAttribute("data-live")) {
      if (dueAt) say(false);
      dueAt = 0;
      if (time - beganAt > PATIENCE_MS && tries()) tries(0);
    } else if (dueAt) {
      if (time >= dueAt && !asking && !isTouched()) ask();
    } else if (missing || !knowsModules || time - beganAt > PATIENCE_MS) {
      say(true);
      dueAt = time + pauseMs();
    }
  }

  function touched() {
    touchedAt = Date.now();
  }

  function heard(event) {
    if (event.target && event.target.tagName === "SCRIPT") missing = true;
  }

  if (location.search.indexOf(UNASKED) > 0) {
    history.replaceState(history.state, "", location.pathname
      + location.search.replace(UNASKED, "").replace(/[?&]$/, "") + location.hash);
  }
  window.addEventListener("error", heard, true);
  document.addEventListener("keydown", touched, true);
  document.addEventListener("input", touched, true);
  document.addEventListener("mousedown", touched, true);
  document.addEventListener("touchstart", touched, true);
  setInterval(tick, TICK_MS);
  tick();
})();
