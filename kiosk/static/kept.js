// What was pressed and not answered yet, kept over a lost network and a reload: asked again it is the
// same request, so one press takes one number.

import { recall, remember, whileOpen } from "../look/memory.js";

const NAME = "lapak-asked";
const KEPT_MS = 60000; // longer nobody stands there
const WISH = ["service", "priority", "letter", "digits"];

/** Remember a request until its answer came. */
export function keep(url, body) {
  remember(NAME, { url, body: String(body), at: Date.now() }, whileOpen);
}

export function forget() {
  remember(NAME, null, whileOpen);
}

/** {url, body} of the last request without an answer; null when there is none. */
export function kept() {
  const asked = recall(NAME, whileOpen);
  if (!asked || Date.now() - asked.at > KEPT_MS) return null;
  return { url: asked.url, body: new URLSearchParams(asked.body) };
}

/** The same wish pressed again is the same request. */
export function withKeptKey(body) {
  const asked = kept();
  const same = asked && WISH.every((name) => asked.body.get(name) === body.get(name));
  if (same) body.set("request_id", asked.body.get("request_id"));
  return body;
}
