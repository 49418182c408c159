// Keys on the screen, for a machine without a keyboard. Digits typed one after another fill the number,
// then the code on the phone: a number has three digits, on a very long day four, and which of both it
// was is known when all are there. Whoever touches a field writes into that one.

const CODE_DIGITS = 4;
const NUMBER_DIGITS = [3, 4];

/** Number and code, of digits typed in one go. */
export function shared(typed) {
  const [short, long] = NUMBER_DIGITS;
  // No number of four digits begins with a zero.
  const isShort = typed[0] === "0" || typed.length === short + CODE_DIGITS;
  const at = isShort ? short : long;
  return [typed.slice(0, at), typed.slice(at, at + CODE_DIGITS)];
}

/** Wake the keys of a step that has some. */
export function bindKeypad(step) {
  const pad = step.querySelector(".keypad");
  if (!pad) return;
  const fields = Array.from(step.querySelectorAll("input[inputmode]"));
  let field = fields[0];
  let typed = "";
  let inOneGo = fields.length === 2;
  for (const each of fields) {
    // The machine's own keyboard would cover half the page.
    each.setAttribute("inputmode", "none");
    each.addEventListener("focus", () => {
      inOneGo = false;
      choose(each);
    });
  }

  function choose(chosen) {
    field = chosen;
    for (const each of fields) each.classList.toggle("is-written", each === chosen);
  }

  function fill(digit) {
    const most = NUMBER_DIGITS[1] + CODE_DIGITS;
    typed = digit ? (typed + digit).slice(0, most) : typed.slice(0, -1);
    const parts = shared(typed);
    fields.forEach((each, i) => {
      each.value = parts[i];
    });
    choose(parts[1] || parts[0].length === NUMBER_DIGITS[1] ? fields[1] : fields[0]);
  }

  function write(digit) {
    field.value = digit ? (field.value + digit).slice(0, field.maxLength) : field.value.slice(0, -1);
  }

  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-digit]");
    if (!key) return;
    if (inOneGo) fill(key.dataset.digit);
    else write(key.dataset.digit);
  });
  pad.hidden = false;
  choose(field);
}
