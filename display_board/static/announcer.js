// Which calls of a view are news to the hall: each is announced once, in the order of the log.
//
// Pure: no page, no sound, no clock, no storage. Must not know how a call is shown or spoken.
//
// A view carries every call still current and at least the last eight, each with its own `seq`, so
// views that were merged on the way lose nothing. What is older than the mark has been dealt with.

const KNOWN_MAX = 64; // more than one view carries; what is older lies behind the mark anyway

const identity = (call) => `${call.seq} ${call.number} ${call.at}`;
const oldestFirst = (calls) => [...calls].sort((a, b) => a.seq - b.seq);

/**
 * saved: what `memory` handed out before the page was loaded again, or null.
 *
 * take(view, {first})  -> {say, drop}: the calls to announce now, oldest first; and the seqs of
 *                        calls that must not be announced any more if they are still waiting.
 *                        `first`: the first view of a connection, after which only those still
 *                        current are worth saying. The very first view ever announces nothing.
 * memory(waiting)      -> what to keep, so that a page loaded again goes on after the last call
 *                        that was announced. `waiting`: calls handed out but not yet announced.
 */
export function createAnnouncer(saved = null) {
  let mark = isMemory(saved) ? { date: saved.date, seq: saved.seq } : null;
  let known = mark ? [...saved.known] : [];
  let stored = mark !== null; // the mark is from an earlier load of the page

  function take(view, { first = false } = {}) {
    const silent = align(view, first);
    const news = oldestFirst(view.calls).filter(
      (call) => call.seq > mark.seq && !known.includes(identity(call)),
    );
    mark.seq = Math.max(mark.seq, view.seq);
    known = [...known, ...news.map(identity)].slice(-KNOWN_MAX);
    const say = silent ? [] : worthSaying(news, first);
    return { say, drop: outdated(view.calls) };
  }

  // Bring the mark into the count of this view's day; true when nothing in it can be news.
  function align(view, first) {
    const fromAnotherDay = mark !== null && mark.date !== view.date;
    const unknown = mark === null || (stored && fromAnotherDay);
    stored = false;
    if (unknown) mark = { date: view.date, seq: view.seq };
    else if (fromAnotherDay) mark = { date: view.date, seq: 0 };
    // A log behind us was restored, or the server that answers has not caught up yet. `known`
    // keeps what we said from being said again when it does.
    else if (first && view.seq < mark.seq) mark.seq = view.seq;
    return unknown;
  }

  function memory(waiting = []) {
    if (mark === null) return null;
    const seqs = waiting.map((call) => call.seq);
    const left = waiting.map(identity);
    return {
      date: mark.date,
      seq: Math.min(mark.seq, ...seqs.map((seq) => seq - 1)),
      known: known.filter((id) => !left.includes(id)),
    };
  }

  return { take, memory };
}

function isMemory(saved) {
  return (
    saved !== null &&
    typeof saved === "object" &&
    typeof saved.date === "string" &&
    Number.isInteger(saved.seq) &&
    Array.isArray(saved.known)
  );
}

// Of several new calls of one number only the newest tells where to go.
function worthSaying(news, first) {
  return news.filter(
    (call, i) =>
      !call.withdrawn &&
      (call.current || !first) &&
      !news.slice(i + 1).some((later) => later.number === call.number && !later.withdrawn),
  );
}

// Withdrawn, or the same number has since been called to another counter.
function outdated(calls) {
  return calls
    .filter(
      (call) =>
        call.withdrawn ||
        calls.some(
          (later) =>
            later.seq > call.seq &&
            later.number === call.number &&
            later.counter !== call.counter &&
            !later.withdrawn,
        ),
    )
    .map((call) => call.seq);
}
