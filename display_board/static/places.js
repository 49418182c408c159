// Which call stands huge and how loud; the others as the view puts them. Pure; must not touch the page.

/**
 * now      milliseconds
 * freshMs  a call is loud this long
 * spoken   the call being announced, which then stands huge even if newer ones came
 */
export function places({ calls, screen }, { now, freshMs, spoken = null }) {
  const bySeq = (seq) => calls.find((call) => call.seq === seq) || null;
  const newest = bySeq(screen.hero);
  const hero = (spoken && sameCall(calls, spoken)) || newest;
  const rest = (seqs) => seqs.map(bySeq).filter((call) => call && call.number !== hero.number);
  const current = rest(screen.current);
  const earlier = rest(screen.earlier);
  if (newest && newest.number !== hero.number) (isExpected(newest) ? current : earlier).unshift(newest);
  return { hero, tone: toneOf(hero, now - freshMs, spoken), current, earlier };
}

const isExpected = (call) => call.current || call.withdrawn;

// The view's newest word on a call that is being announced.
function sameCall(calls, spoken) {
  return calls.find(({ seq, at }) => seq === spoken.seq && at === spoken.at) || spoken;
}

// withdrawn · called (loud) · at (still at the counter) · over
function toneOf(hero, freshFrom, spoken) {
  if (hero === null) return "over";
  if (hero.withdrawn) return "withdrawn";
  if (spoken) return "called";
  if (!hero.current) return "over";
  return Date.parse(hero.at) > freshFrom ? "called" : "at";
}
