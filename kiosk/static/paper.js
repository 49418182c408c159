// Paper by the browser's own printing. With `?print=1` each ticket is printed unasked: meant for a
// browser started with --kiosk-printing, which prints without a dialog.

const printsUnasked = new URLSearchParams(location.search).has("print");

/** Print what the page's paper says; unasked only where the machine was set up for it. */
export function printTicket({ asked }) {
  if (asked || printsUnasked) window.print();
}

/** "Print again", where printing is set up. */
export function showPrintButton(root) {
  const button = root.querySelector("#print");
  if (!button || !printsUnasked) return;
  button.hidden = false;
  button.addEventListener("click", () => printTicket({ asked: true }));
}
