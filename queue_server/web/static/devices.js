// The list of devices stays right: a screen that was just let in appears, one that goes dark says so.

import { refresh } from "../look/refresh.js";

const AGAIN_MS = 5000;

function again() {
  // A screen that was found by its code stands on this page only; asking again would lose it.
  const found = document.getElementById("main").hasAttribute("data-found");
  if (document.visibilityState === "visible" && !found) refresh();
}

setInterval(again, AGAIN_MS);
