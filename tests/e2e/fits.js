// What does not fit on the page as it stands: a list of sentences, empty where everything does.
// Run in the page by `test_any_name.py`.
() => {
  const found = [];
  const wide = document.documentElement.clientWidth;
  const HIDES = new Set(["hidden", "clip"]);
  const SCROLLS = new Set(["auto", "scroll"]);
  const MANY_COLUMNS = 8;
  const PHONE = 360;
  const LONGEST_WORD = 30;
  const WHOLE_LETTERS = 4; // fewer on a line read as single letters

  function named(element) {
    const classes = [...element.classList].map((one) => `.${one}`).join("");
    return `<${element.localName}${element.id ? `#${element.id}` : ""}${classes}>`;
  }

  function unseen(element) {
    if (element.closest(".visually-hidden, [hidden], .slip.paper, .skip-link, .audit-lines thead")) return true;
    return !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  }

  function scrolls(element) {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (SCROLLS.has(getComputedStyle(one).overflowX)) return true;
    }
    return false;
  }

  // Of an address no letter stands apart from the next one: it may break anywhere.
  function isInAddress(text, at) {
    const begin = text.lastIndexOf(" ", at) + 1;
    return text.slice(begin).split(/\s/, 1)[0].length > LONGEST_WORD;
  }

  // A table of many figures is read in two directions, on a small screen any (WCAG 1.4.10).
  function isTwoWay(element) {
    const columns = element.querySelectorAll("thead th").length;
    return columns > MANY_COLUMNS || (columns > 0 && wide < PHONE);
  }

  if (document.scrollingElement.scrollWidth > wide + 1) {
    found.push(`the page is ${document.scrollingElement.scrollWidth} wide of ${wide}`);
  }

  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg") && element.localName !== "svg") continue;
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height || unseen(element)) continue;
    if ((box.right > wide + 1 || box.left < -1) && !scrolls(element)) {
      found.push(`${named(element)} reaches from ${Math.round(box.left)} to ${Math.round(box.right)} of ${wide}`);
    }
    const style = getComputedStyle(element);
    const cutsX = HIDES.has(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    if (SCROLLS.has(style.overflowX) && !isTwoWay(element) && element.scrollWidth > element.clientWidth + 1) {
      found.push(`${named(element)} has to be scrolled sideways`);
    }
    const cutsY = HIDES.has(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
    if ((cutsX || cutsY) && element.innerText && element.innerText.trim()) {
      found.push(`${named(element)} cuts "${element.innerText.trim().slice(0, 60)}"`);
    }
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    if (!text.data.trim() || parent.closest("script, style, svg, noscript, option") || unseen(parent)) continue;
    for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (isInAddress(text.data, word.index)) continue;
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top / 4)));
      if (lines.size > 1 && word[0].length / lines.size < WHOLE_LETTERS) {
        found.push(`${named(parent)} breaks "${word[0]}" into ${lines.size}`);
      }
    }
    range.selectNodeContents(text);
    const painted = range.getBoundingClientRect();
    let held = parent;
    while (held && getComputedStyle(held).display === "inline") held = held.parentElement;
    const box = held.getBoundingClientRect();
    const beside = painted.right > box.right + 2 || painted.left < box.left - 2;
    if (beside && painted.width && !scrolls(parent)) {
      found.push(`${named(parent)} "${text.data.trim().slice(0, 60)}" stands ${Math.round(painted.right - box.right)} out of ${named(held)}`);
    }
  }
  return found;
}
