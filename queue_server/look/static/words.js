// The words of this page: t("stale-since", {time}). Their texts come embedded in the page
// (embedded_words in look/pages.py), so no request is spent on them, and no formatter: whatever
// depends on the branch is said by its view.

const element = document.getElementById("words");
const embedded = element ? JSON.parse(element.textContent) : { language: "id", texts: {} };

export const language = embedded.language;

/** The sentence of `id`; the id itself when there is none (and a line in the console). */
export function t(id, values = {}) {
  const text = embedded.texts[id];
  if (text === undefined) {
    console.error(`no words for ${id}`);
    return id;
  }
  return text.replace(/\{([a-z_]+)\}/g, (gap, name) => (name in values ? String(values[name]) : gap));
}
