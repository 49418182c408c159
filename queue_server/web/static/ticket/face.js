// What a ticket says to its holder: the pushed view as sentences, slot by slot. The same as
// web/pages/ticket_face.py, which draws the first paint; a test holds the two together.

import { clock, waitSentence } from "../../look/time.js";
import { language, t } from "../../look/words.js";

const IN_LINE = ["waiting", "ready", "next"];
const ALIVE = IN_LINE.concat("unproven", "called", "serving", "parked", "missed");
const DAY_MS = 86400000;
const FAR_MIN = 20; // nobody is told to stand ready for longer than this

export const ahead = (view) => (view.position === null ? view.ahead.length : view.position - 1);

/** `Loket 3`, `Bilik 9`. */
export function counterName(view) {
  if (!view.counter) return "";
  return t(view.counter_kind === "booth" ? "counter-booth" : "counter-desk", {
    counter: view.counter,
  });
}

/** Slot -> text; an absent or empty slot is not shown. */
export function face(view, steps) {
  const inLine = IN_LINE.includes(view.stage);
  const slots = { title: title(view), head: head(view), tell: tell(view, steps) };
  if (view.stage === "called") slots.counter = counterName(view);
  if (inLine) {
    slots.places = t("phone-places", { n: ahead(view) });
    slots.wait = wait(view);
    slots.as_of = t("as-of", { time: clock(view.as_of, view.zone) });
    if (view.overtaken) slots.overtaken = t("phone-overtaken", { n: view.overtaken });
  }
  if (view.wishes_priority && !view.priority && (inLine || view.stage === "unproven")) {
    slots.wish = t("phone-wish");
  }
  if (view.priority && ALIVE.includes(view.stage)) slots.priority = t("priority");
  if (view.coming && (inLine || view.stage === "called")) {
    slots.coming_known = t("phone-coming-known");
  }
  if (view.can.includes("defer")) {
    slots.defer_rule = t("phone-defer-rule", { behind: steps.defer });
    slots.defer_left = t("phone-defer-left", { n: view.defers_left });
  }
  if (view.can.includes("rejoin")) {
    slots.rejoin_left = t("phone-rejoin-left", { n: view.rejoins_left });
  }
  if (view.stars !== null && view.stage === "finished") {
    slots.rated = t("phone-rated", { stars: view.stars });
  }
  if (view.notice) slots.notice = view.notice.text;
  return slots;
}

/** Is this number over, so that another may be taken? */
export function canBeginAnew(view) {
  if (view.stage === "missed") return !view.can.includes("rejoin");
  return ["finished", "cancelled", "unserved"].includes(view.stage);
}

function title(view) {
  const { number } = view;
  if (view.stage === "called") return t("phone-title-called", { number, counter: counterName(view) });
  return t("phone-title", { number, branch: view.branch_name });
}

// Near in their own service while the counters have others to call before: no time to hurry.
const isFar = ({ stage, wait: range }) =>
  ["ready", "next"].includes(stage) && range !== null && range.low_min >= FAR_MIN;

function head(view) {
  if (view.stage === "waiting") return t("phone-head-waiting", { n: ahead(view) });
  if (isFar(view)) return t("phone-head-far", { n: ahead(view), letter: view.service });
  if (view.stage === "serving") return t("phone-head-serving", { counter: counterName(view) });
  return t(`phone-head-${view.stage}`);
}

const TELLERS = {
  unproven(view) {
    const text = t(view.quota_full ? "phone-tell-unproven-full" : "phone-tell-unproven");
    if (!view.unproven_until) return text;
    const until = clock(view.unproven_until, view.zone);
    return `${text} ${t("phone-tell-unproven-until", { clock: until })}`;
  },
  ready: (view) => t("phone-tell-ready", { n: ahead(view) }),
  next: () => t("phone-tell-next"),
  called(view) {
    const at = view.called_at ? clock(view.called_at, view.zone) : "";
    if (view.calls > 1) return t("phone-tell-called-again", { calls: view.calls, clock: at });
    return at && t("phone-tell-called", { clock: at });
  },
  finished: (view) =>
    t(view.can.includes("rating") ? "phone-tell-finished" : "phone-tell-finished-only"),
  missed: (view, steps) =>
    view.can.includes("rejoin")
      ? t("phone-tell-missed", { behind: steps.rejoin })
      : t("phone-tell-missed-final"),
  parked: () => t("phone-tell-parked"),
  cancelled: () => t("phone-tell-cancelled"),
  unserved(view) {
    if (!view.opens_at) return t("phone-tell-unserved");
    return t("phone-tell-unserved-at", { when: when(view.opens_at, view.as_of, view.zone) });
  },
};

function tell(view, steps) {
  if (isFar(view)) return t("phone-tell-far");
  const teller = TELLERS[view.stage];
  return teller ? teller(view, steps) : "";
}

function wait(view) {
  return view.wait || view.counters_open ? waitSentence(view.wait) : t("phone-wait-none");
}

// `besok pukul 07.30`: as Words.when on the server.
function when(at, from, zone) {
  const dateIn = (moment, options) =>
    new Intl.DateTimeFormat(options.locale || language, { timeZone: zone, ...options.parts })
      .format(new Date(moment));
  const dayNumber = (moment) => {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" };
    return Date.parse(dateIn(moment, { locale: "en-CA", parts })) / DAY_MS;
  };
  const days = dayNumber(at) - dayNumber(from);
  const time = clock(at, zone);
  if (days === 0) return t("when-today", { time });
  if (days === 1) return t("when-tomorrow", { time });
  if (days > 1 && days < 7) {
    return t("when-weekday", { day: dateIn(at, { parts: { weekday: "long" } }), time });
  }
  const parts = { day: "numeric", month: "long" };
  const locale = language === "en" ? "en-GB" : language;
  return t("when-date", { day: dateIn(at, { locale, parts }), time });
}
