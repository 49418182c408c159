// What stands where on the screen: the huge call, those at the counters, the earlier ones.
//
// Pure; says what screen.py says on the server for the first state. Must not touch the page.

export const WITHDRAWN_SHOWN_MS = 45000; // after the call itself: undoing is a matter of seconds
export const FRESH_MS = 30000; // a call is loud this long
const LIST_MIN = 7; // with fewer people at the counters, earlier calls fill the list up to this

const isBooth = (view, call) => {
  const counter = view.counters.find(({ name }) => name === call.counter);
  return (counter ? counter.kind : call.kind) === "booth";
};

/** "desk" or "booth": which word goes before the counter's name. */
export const kindOf = (view, call) => (isBooth(view, call) ? "booth" : "desk");

/**
 * now         milliseconds
 * spoken      the call being announced, which then stands huge even if newer ones came
 * shownUntil  (call) => until when a withdrawn call is shown, in milliseconds
 */
export function arrange(view, { now, spoken = null, shownUntil = untilOf } = {}) {
  const calls = latestOfEach(view.calls).filter(
    (call) => !call.withdrawn || shownUntil(call) > now,
  );
  const hero = (spoken && sameCall(view, spoken)) || calls[0] || null;
  const rest = calls.filter((call) => hero === null || call.number !== hero.number);
  const current = rest.filter((call) => call.current || call.withdrawn);
  const earlier = rest.filter((call) => !call.current && !call.withdrawn);
  return {
    state: stateOf(view, calls, now),
    hero,
    tone: toneOf(hero, now, spoken),
    current,
    earlier: earlier.slice(0, Math.max(0, LIST_MIN - current.length)),
  };
}

const untilOf = (call) => Date.parse(call.at) + WITHDRAWN_SHOWN_MS;

// The view's newest word on a call that is being announced.
function sameCall(view, spoken) {
  return view.calls.find(({ seq, at }) => seq === spoken.seq && at === spoken.at) || spoken;
}

function latestOfEach(calls) {
  const newestFirst = [...calls].sort((a, b) => b.seq - a.seq);
  return newestFirst.filter(
    (call, i) => !newestFirst.slice(0, i).some(({ number }) => number === call.number),
  );
}

function stateOf(view, calls, now) {
  const someoneLeft =
    calls.some(({ current }) => current) || Object.values(view.waiting).some((n) => n > 0);
  if (view.open || someoneLeft) return calls.length > 0 ? "calls" : "empty";
  return opensToday(view, now) ? "before" : "closed";
}

function opensToday(view, now) {
  if (view.opens_at === null) return false;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: view.zone });
  return day.format(new Date(view.opens_at)) === day.format(new Date(now));
}

// withdrawn · called (loud) · at (still at the counter) · over
function toneOf(hero, now, spoken) {
  if (hero === null) return "over";
  if (hero.withdrawn) return "withdrawn";
  if (spoken) return "called";
  if (!hero.current) return "over";
  return now - Date.parse(hero.at) < FRESH_MS ? "called" : "at";
}
