// News by HTTP, for networks that let no WebSocket through: the same view, asked for again and again.

const EVERY_MS = 12000;
const TIMEOUT_MS = 8000;

/**
 * Ask `url` for the view until stopped. `onView(view)` gets each; a failed one is simply asked again.
 * Hands back {stop(), get at}: when the last answer came, 0 before the first.
 */
export function poll(url, onView) {
  let stopped = false;
  let timer = 0;
  let at = 0;

  async function ask() {
    const given = typeof AbortController === "function" ? new AbortController() : null;
    const limit = setTimeout(() => given && given.abort(), TIMEOUT_MS);
    try {
      const answer = await fetch(url, {
        headers: { Accept: "application/json", "Lapak-Live": "1" },
        credentials: "same-origin",
        signal: given ? given.signal : undefined,
      });
      const view = answer.ok ? await answer.json() : null;
      if (view !== null && !stopped) {
        at = Date.now();
        onView(view);
      }
    } catch (error) {
      console.info("poll", error);
    } finally {
      clearTimeout(limit);
      if (!stopped) timer = setTimeout(ask, EVERY_MS);
    }
  }

  ask();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    get at() {
      return at;
    },
  };
}
