// The loudspeaker: plays clips through Web Audio, and knows whether the browser lets us.
//
// Every clip is fetched when the page starts, so that the voice goes on without a network. Must not
// know calls or the page: it plays addresses and tells its state.

const GAP_S = 0.03; // between two clips of a sentence: words, not letters
const PAUSE_S = 0.3; // between two languages
const CHIME_S = 1.4; // after which the voice begins: the last bell rings on under it
const START_S = 0.05; // ahead of the present, so that the first samples are not cut
const SETTLE_MS = 600; // how long a browser that allows sound may take to start it
const LOAD_MAX_MS = 4000; // a clip that is not there by then is not waited for
const GRACE_MS = 1000; // beyond the computed length, should "ended" never come
const GESTURES = ["pointerdown", "keydown", "touchend"];

/**
 * wanted           was the sound on when this screen was last used?
 * onState(state)   "on", "off" (somebody switched it off) or "touch" (the browser wants a gesture)
 */
export function createSound({ wanted = true, onState = () => {} } = {}) {
  const Context = window.AudioContext || window.webkitAudioContext;
  const context = Context ? new Context() : null;
  const clips = new Map(); // address -> Promise<AudioBuffer|null>
  let on = wanted;
  let told;

  const running = () => context !== null && context.state === "running";
  const state = () => (on ? (running() ? "on" : "touch") : "off");

  function tell() {
    if (told === state()) return;
    told = state();
    onState(told);
  }

  // A browser takes a moment to start the sound: no sign before it is clear that it will not.
  function start() {
    // Where a gesture is wanted this promise stays open until there is one.
    if (context && on) context.resume().then(tell, tell);
    setTimeout(tell, SETTLE_MS);
  }

  async function load(url) {
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${answer.status} for ${url}`);
      return await context.decodeAudioData(await answer.arrayBuffer());
    } catch (error) {
      console.warn("no clip", url, error);
      clips.delete(url); // asked for again when it is needed again
      return null;
    }
  }

  function clip(url) {
    if (!clips.has(url)) clips.set(url, load(url));
    return Promise.race([clips.get(url), after(LOAD_MAX_MS, null)]);
  }

  /** Fetch these now, for the time without a network. */
  function prepare(urls) {
    if (context) urls.forEach(clip);
  }

  /**
   * The chime, if any, then these sentences (lists of addresses) one after another. Resolves when the last
   * has ended: true if something was heard. A sentence of which a clip is missing is left out
   * whole: one with a hole could be another person's number.
   */
  async function play({ chime, sentences }) {
    if (state() !== "on") return false;
    const loaded = sentences.map((urls) => Promise.all(urls.map(clip)));
    const [bell, ...spoken] = await Promise.all([chime && clip(chime), ...loaded]);
    let at = context.currentTime + START_S;
    let last = null;
    if (bell !== null) {
      last = playAt(bell, at);
      at += Math.min(CHIME_S, bell.duration);
    }
    for (const buffers of spoken.filter((each) => !each.includes(null))) {
      for (const buffer of buffers) {
        last = playAt(buffer, at);
        at += buffer.duration + GAP_S;
      }
      at += PAUSE_S;
    }
    if (last === null) return false;
    const ended = new Promise((done) => {
      last.onended = done;
    });
    const length = Math.max(at - context.currentTime, last.buffer.duration);
    await Promise.race([ended, after(length * 1000 + GRACE_MS)]);
    return true;
  }

  function playAt(buffer, at) {
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start(at);
    return source;
  }

  /** On or off, as somebody wishes. */
  function set(wish) {
    on = wish;
    if (on) start();
    else tell();
  }

  if (context) {
    context.onstatechange = () => (running() ? tell() : setTimeout(tell, SETTLE_MS));
    // Any touch anywhere counts as the gesture.
    for (const name of GESTURES) {
      document.addEventListener(name, () => on && !running() && start(), { passive: true });
    }
  }
  start();

  return {
    play,
    prepare,
    set,
    get state() {
      return state();
    },
  };
}

const after = (ms, value) => new Promise((done) => setTimeout(() => done(value), Math.max(0, ms)));
