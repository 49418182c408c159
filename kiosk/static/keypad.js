// Keys on the screen, for a machine without a keyboard: they write into the field last touched, and go
// on to the next one when it is full.

/** Wake the keys of a step that has some. */
export function bindKeypad(step) {
  const pad = step.querySelector(".keypad");
  if (!pad) return;
  const fields = [...step.querySelectorAll("input[inputmode]")];
  let field = fields[0];
  for (const each of fields) {
    // The machine's own keyboard would cover half the page.
    each.setAttribute("inputmode", "none");
    each.addEventListener("focus", () => choose(each));
  }

  function choose(chosen) {
    field = chosen;
    for (const each of fields) each.classList.toggle("is-written", each === chosen);
  }

  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-digit]");
    if (!key) return;
    const { digit } = key.dataset;
    field.value = digit ? (field.value + digit).slice(0, field.maxLength) : field.value.slice(0, -1);
    const next = fields[fields.indexOf(field) + 1];
    // A number has three digits until a very long day; a fourth is typed after touching the field.
    const full = field.value.length >= Number(field.dataset.full || field.maxLength);
    if (digit && next && full) choose(next);
  });
  pad.hidden = false;
  choose(field);
}
