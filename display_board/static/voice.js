// Says calls one after another, never two at once, and never waits for ever.
//
// Must not know the page or the sound card: who speaks, who shows and what time is are handed in.

const WAITING_MAX = 64; // a hall cannot use more than some minutes of calls; the oldest go first
const SPEAK_MAX_MS = 20000; // the longest sentence takes about eight seconds
const HASTY_FROM = 4; // so many more waiting: what can be left out is
const BETWEEN_MS = 350; // a breath between two sentences
const SEEN_MS = 2500; // an eye needs this long to find a number …
const SEEN_HASTY_MS = 1200; // … and makes do with this while others wait and nothing is spoken
const USELESS_MS = 120000; // waited this long and over by now: nobody needs it (ten take 75 s)

/**
 * speak(call, hasty) -> Promise<boolean>  says it, `hasty`: shortly; false when it was not heard (sound
 *                                  off). May fail.
 * onStart(call), onEnd(call)       around each announcement
 * now(), sleep(ms)                 time, replaceable in tests
 */
export function createVoice({
  speak,
  onStart = () => {},
  onEnd = () => {},
  now = Date.now,
  sleep = (ms) => new Promise((done) => setTimeout(done, ms)),
}) {
  let waiting = []; // {call, since}
  let busy = false;

  /** Announce these after what is waiting already. */
  function say(calls) {
    const since = now();
    waiting = [...waiting, ...calls.map((call) => ({ call, since }))].slice(-WAITING_MAX);
    if (!busy) run();
  }

  /** Take back calls that have not been announced yet. */
  function drop(seqs) {
    waiting = waiting.filter(({ call }) => !seqs.includes(call.seq));
  }

  /** Let go of what waited too long and is over. `isCurrent(call)` says whether it is not. */
  function tidy(isCurrent) {
    const limit = now() - USELESS_MS;
    waiting = waiting.filter(({ call, since }) => since >= limit || isCurrent(call));
  }

  async function run() {
    busy = true;
    while (waiting.length > 0) {
      const { call } = waiting.shift();
      onStart(call);
      await announce(call);
      onEnd(call);
    }
    busy = false;
  }

  async function announce(call) {
    const started = now();
    const heard = await Promise.race([
      Promise.resolve()
        .then(() => speak(call, waiting.length >= HASTY_FROM))
        .catch((error) => {
          console.error("not spoken", call.number, error);
          return false;
        }),
      sleep(SPEAK_MAX_MS).then(() => false),
    ]);
    const seen = heard || waiting.length === 0 ? SEEN_MS : SEEN_HASTY_MS;
    await sleep(Math.max(heard ? BETWEEN_MS : 0, seen - (now() - started)));
  }

  return {
    say,
    drop,
    tidy,
    /** Calls that have not been announced yet, in order. */
    get waiting() {
      return waiting.map(({ call }) => call);
    },
    get busy() {
      return busy;
    },
  };
}
