// The words of this page: t("as-of", {time}). The catalogue text comes embedded in the
// page (embedded_words in look/pages.py), so no request is spent on it.

import { FluentBundle, FluentResource } from "./vendor/fluent/index.js";

const element = document.getElementById("words");
const embedded = element ? JSON.parse(element.textContent) : { language: "id", ftl: "" };
const bundle = new FluentBundle(embedded.language, { useIsolating: false });
bundle.addResource(new FluentResource(embedded.ftl));

export const language = embedded.language;

/** The sentence of `id`; the id itself when there is none (and a line in the console). */
export function t(id, values = {}) {
  const message = bundle.getMessage(id);
  if (!message || !message.value) {
    console.error(`no words for ${id}`);
    return id;
  }
  const errors = [];
  const text = bundle.formatPattern(message.value, values, errors);
  if (errors.length) console.error(`words ${id}`, errors);
  return text;
}
