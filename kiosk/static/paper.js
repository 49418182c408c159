// Paper by the browser's own printing. With `?print=58` or `?print=80`, the roll's width in millimetres,
// each ticket is printed unasked: meant for a browser started with --kiosk-printing, which prints without
// a dialog.

import { fitPaper } from "../look/slip.js";

const roll = new URLSearchParams(location.search).get("print");
const printsUnasked = roll !== null;

/** The same address, with the wish to print in it. */
export function withPrint(url) {
  if (!printsUnasked) return url;
  return `${url}${url.includes("?") ? "&" : "?"}print=${encodeURIComponent(roll)}`;
}

/** Print what the page's paper says; unasked only where the machine was set up for it. */
export function printTicket({ asked }) {
  fitPaper(roll === "80");
  if (asked || printsUnasked) window.print();
}

/** "Print again", where printing is set up. */
export function showPrintButton(root) {
  const button = root.querySelector("#print");
  if (!button || !printsUnasked) return;
  button.hidden = false;
  button.addEventListener("click", () => printTicket({ asked: true }));
}
