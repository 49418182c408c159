// What was pressed and not answered yet, kept over a lost network and a reload: asked again it is the
// same request, so one press takes one number.

const NAME = "lapak-asked";
const KEPT_MS = 60000; // longer nobody stands there

/** Remember a request until its answer came. */
export function keep(url, body) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ url, body: String(body), at: Date.now() }));
  } catch (error) {
    console.info("kept", error);
  }
}

export function forget() {
  try {
    sessionStorage.removeItem(NAME);
  } catch (error) {
    console.info("kept", error);
  }
}

/** {url, body} of the last request without an answer; null when there is none. */
export function kept() {
  let asked = null;
  try {
    asked = JSON.parse(sessionStorage.getItem(NAME));
  } catch (error) {
    return null;
  }
  if (!asked || Date.now() - asked.at > KEPT_MS) return null;
  return { url: asked.url, body: new URLSearchParams(asked.body) };
}

/** The same wish pressed again is the same request. */
export function withKeptKey(body) {
  const asked = kept();
  const same = asked && ["service", "priority", "letter", "digits"].every((name) => asked.body.get(name) === body.get(name));
  if (same) body.set("request_id", asked.body.get("request_id"));
  return body;
}
