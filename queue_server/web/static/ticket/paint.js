// Puts a view onto the page: its sentences into the slots of ticket.html, its blocks shown, the rest
// hidden. Knows no stage and decides no sentence.

import { t } from "../../look/words.js";

const all = (selector) => Array.from(document.querySelectorAll(selector));

/** Show `view`. */
export function paint(view) {
  const { face } = view;
  const said = (name) => (name === "as_of" ? view.as_of_text : face.slots[name]) || "";
  const main = document.getElementById("main");
  main.dataset.stage = view.stage;
  main.dataset.seq = view.seq;
  document.title = said("title");
  for (const element of all("[data-slot]")) fill(element, said(element.dataset.slot));
  for (const element of all("[data-block]")) element.hidden = !said(element.dataset.block);
  for (const element of all("[data-show]")) show(element, face.blocks.includes(element.dataset.show));
  paintFamily(face);
  paintLine(view.ahead, said("more"));
}

function fill(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

function show(element, shown) {
  if (!shown && element.localName === "details") element.open = false;
  element.hidden = !shown;
}

function paintFamily({ family, icon }) {
  document.getElementById("face").className = `face stage-card stage-${family}`;
  const chip = document.getElementById("chip");
  chip.className = `chip stage-${family}`;
  const use = chip.querySelector("use");
  use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${icon}`);
}

function place(className, text = "") {
  const item = document.createElement("li");
  item.className = className;
  item.textContent = text;
  return item;
}

function paintLine(ahead, more) {
  const line = document.getElementById("line");
  const before = line.querySelectorAll(".place").length;
  const items = ahead.map((weight) => place(weight ? "place weighted" : "place"));
  if (more) items.push(place("more", more));
  items.push(place("you", t("phone-places-you")));
  line.textContent = "";
  for (const item of items) line.append(item);
  if (ahead.length >= before) return;
  // The line moved up: the one movement a waiting person wants to see.
  line.classList.remove("moved");
  void line.offsetWidth;
  line.classList.add("moved");
}
