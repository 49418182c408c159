// What a page asks of our own server: never for longer than a while, again where that is safe; and
// the one way from an answer to markup.

const TRIES = 3; // safe to repeat: the same request_id is the same request
const TIMEOUT_MS = 10000;
const APART_MS = 500;

const asItIs = (answer) => answer;

/**
 * As fetch, and what `read` makes of the answer. Both are given up after `timeoutMs`, which fails as a
 * network that is cut does.
 */
export async function ask(url, init = {}, { timeoutMs = TIMEOUT_MS, read = asItIs } = {}) {
  // Browsers of Android 7's days may lack it: there the network's own patience counts.
  const abort = window.AbortController ? new AbortController() : null;
  const timer = abort && setTimeout(() => abort.abort(), timeoutMs);
  const signal = abort ? { signal: abort.signal } : {};
  try {
    return await read(await fetch(url, { ...init, ...signal, credentials: "same-origin" }));
  } finally {
    clearTimeout(timer);
  }
}

/** Send a form's fields, again while the network fails. `accept`: the kind of answer wanted. */
export async function post(url, body, accept) {
  const init = { method: "POST", body, headers: { Accept: accept } };
  for (let left = TRIES; ; left -= 1) {
    try {
      return await ask(url, init);
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((done) => setTimeout(done, APART_MS + Math.random() * 2 * APART_MS));
    }
  }
}

// Browsers that know trusted types refuse every other way (the Content-Security-Policy names this
// policy alone), so that no later script can turn somebody's text into markup.
const trusted = window.trustedTypes
  ? window.trustedTypes.createPolicy("our-pages", { createHTML: (html) => html, createScriptURL: own })
  : null;

function own(path) {
  if (!/^\/[a-z]+\.js$/.test(path)) throw new TypeError(`no script of ours: ${path}`);
  return path;
}

/** The address of a script of ours at the root of this site, for whoever starts it. */
export const script = (path) => (trusted ? trusted.createScriptURL(path) : own(path));

/** The document that an answer of ours to our own request holds. Its scripts never run. */
export function parsed(html) {
  return new DOMParser().parseFromString(trusted ? trusted.createHTML(html) : html, "text/html");
}
