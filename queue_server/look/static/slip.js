// Paper from a roll is cut where the page ends: the page is as wide as the roll and as long as the slip.
// Without this file a printer cuts where its own setting says.

const ROLLS_MM = { narrow: [58, 48], wide: [80, 72] }; // the roll; what is printed on, as slip.css has it
const EDGE_MM = 3; // above and below
const ROUNDING_MM = 1; // printers and screens break no line differently, but they round
const PX_A_MM = 96 / 25.4;

const sheet = document.styleSheets[0];
let isSet = false;
let wide = false;

/** Make the paper fit the slip that stands in the page now; `onWideRoll`: 80 mm, else 58. */
export function fitPaper(onWideRoll) {
  wide = onWideRoll;
  fit();
}

function fit() {
  const slip = document.getElementById("slip");
  if (!slip) return;
  slip.classList.toggle("wide", wide);
  const [roll, printed] = ROLLS_MM[wide ? "wide" : "narrow"];
  const long = Math.ceil(slip.getBoundingClientRect().height / PX_A_MM) + ROUNDING_MM;
  setPage(`size: ${roll}mm ${long + 2 * EDGE_MM}mm; margin: ${EDGE_MM}mm ${(roll - printed) / 2}mm`);
}

function setPage(how) {
  if (isSet) sheet.deleteRule(sheet.cssRules.length - 1);
  sheet.insertRule(`@page { ${how} }`, sheet.cssRules.length);
  isSet = true;
}

// Letters that came late are as high as they are.
window.addEventListener("beforeprint", fit);
