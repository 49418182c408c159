// A page without any number to give looks again after a while, unless nobody sees it: then when somebody
// does. No module, so that any browser runs it.
(function () {
  var afterMs = Number(document.currentScript.getAttribute("data-after-s")) * 1000;
  var isDue = false;

  function look() {
    if (isDue && !document.hidden) location.reload();
  }

  setTimeout(function () {
    isDue = true;
    look();
  }, afterMs);
  document.addEventListener("visibilitychange", look);
})();
