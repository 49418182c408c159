// Puts a view onto the page: fills the slots of ticket.html, shows and hides what belongs to the
// stage. Nothing here decides a sentence.

import { t } from "../../look/words.js";
import { ahead, canBeginAnew, face } from "./face.js";

// stage -> [family, icon]: as STAGES in look/templates/components.html
const LOOKS = {
  waiting: ["waiting", "waiting"],
  unproven: ["waiting", "waiting"],
  ready: ["ready", "ready"],
  next: ["ready", "ready"],
  called: ["called", "called"],
  serving: ["served", "serving"],
  finished: ["served", "served"],
  missed: ["missed", "missed"],
  parked: ["missed", "parked"],
  cancelled: ["missed", "missed"],
  unserved: ["missed", "closed"],
  forgotten: ["served", "served"],
};
const RINGS = ["unproven", "waiting", "ready", "next", "parked"];
const WITH_CODE = ["unproven", "waiting", "ready", "next"];

const all = (selector) => Array.from(document.querySelectorAll(selector));

/** Show `view`; `steps` is how far the branch sends somebody back. */
export function paint(view, steps) {
  const main = document.getElementById("main");
  const slots = face(view, steps);
  main.dataset.stage = view.stage;
  main.dataset.seq = view.seq;
  document.title = slots.title;
  for (const element of all("[data-slot]")) {
    if (element.dataset.slot !== "chip") fill(element, slots[element.dataset.slot] || "");
  }
  for (const element of all("[data-block]")) element.hidden = !slots[element.dataset.block];
  paintStage(view);
  paintLine(view);
  const shown = shownBlocks(view);
  for (const element of all("[data-show]")) {
    const show = shown.includes(element.dataset.show);
    if (!show && element.localName === "details") element.open = false;
    element.hidden = !show;
  }
}

/** The names of the blocks a view shows. */
export function shownBlocks(view) {
  // Said already; or nobody is waiting for it yet.
  const mute = view.coming || view.stage === "unproven";
  const shown = view.can.filter((verb) => !(verb === "coming" && mute));
  if (canBeginAnew(view)) shown.push("new");
  if (WITH_CODE.includes(view.stage)) shown.push("qr");
  if (view.stage === "unproven") shown.push("check");
  if (RINGS.includes(view.stage)) shown.push("sound");
  return shown;
}

function fill(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

function paintStage({ stage }) {
  const [family, icon] = LOOKS[stage] || LOOKS.waiting;
  const section = document.getElementById("face");
  section.className = `face stage-card stage-${family}`;
  const chip = document.querySelector("[data-slot=chip] .chip");
  chip.className = `chip stage-${family}`;
  const use = chip.querySelector("use");
  use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${icon}`);
  chip.lastChild.textContent = t(`stage-${stage === "finished" ? "served" : stage}`);
}

function place(className, text = "") {
  const item = document.createElement("li");
  item.className = className;
  item.textContent = text;
  return item;
}

function paintLine(view) {
  const line = document.getElementById("line");
  const before = line.querySelectorAll(".place").length;
  const items = view.ahead.map((weight) => place(weight ? "place weighted" : "place"));
  const more = ahead(view) - view.ahead.length;
  if (more > 0) items.push(place("more", t("phone-places-more", { n: more })));
  items.push(place("you", t("phone-places-you")));
  line.textContent = "";
  for (const item of items) line.append(item);
  if (view.ahead.length >= before) return;
  // The line moved up: the one movement a waiting person wants to see.
  line.classList.remove("moved");
  void line.offsetWidth;
  line.classList.add("moved");
}
