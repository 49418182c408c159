// Runs the pure modules of display_board/static and prints what they say, for test_modules.py.
// argv: the questions as JSON: [function, arguments].

import { readFileSync } from "node:fs";

const { places } = await import("./board/places.js");
const { everything, spokenCall } = await import("./board/speech.js");

const root = "look/clips/";
const answers = {
  places: (view, now, spoken) => {
    const { hero, tone, current, earlier } = places(view, { now, freshMs: 30000, spoken });
    const seqs = (calls) => calls.map(({ seq }) => seq);
    return [hero && hero.seq, tone, seqs(current), seqs(earlier)];
  },
  speech: (call, languages, spare, hasty) => {
    const { chime, sentences } = spokenCall(call, { root, languages, spare }, hasty);
    return [chime, ...sentences.flat()];
  },
  everything: (names, languages) => everything(names, { root, languages }),
};
const questions = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(questions.map(([name, ...rest]) => answers[name](...rest))));
