// News by HTTP, for networks that let no WebSocket through: the same view, asked for again and again.

import { ask } from "./send.js";

const EVERY_MS = 12000;
const TIMEOUT_MS = 8000;
const HEADERS = { Accept: "application/json", "Lapak-Live": "1" };

/**
 * Ask `url` for the view until stopped. `onView(view)` gets each; a failed one is simply asked again.
 * Hands back {stop(), get at}: when the last answer came, 0 before the first.
 */
export function poll(url, onView) {
  let stopped = false;
  let timer = 0;
  let at = 0;

  async function once() {
    try {
      const read = async (answer) => (answer.ok ? answer.json() : null);
      const view = await ask(url, { headers: HEADERS }, { timeoutMs: TIMEOUT_MS, read });
      if (view !== null && !stopped) {
        at = Date.now();
        onView(view);
      }
    } catch (error) {
      console.info("poll", error);
    } finally {
      if (!stopped) timer = setTimeout(once, EVERY_MS);
    }
  }

  once();
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
