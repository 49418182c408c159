// Runs the pure modules of display_board/static and prints what they say, for test_modules.py.
// argv: the questions as JSON: [function, arguments].

import { readFileSync } from "node:fs";

const { arrange, kindOf } = await import("./board/arrange.js");
const { everything, languagesOf, spokenCall } = await import("./board/speech.js");

const root = "/static/v-1/look/clips/";
const answers = {
  arrange: (view, now) => {
    const { state, hero, tone, current, earlier } = arrange(view, { now });
    const seqs = (calls) => calls.map(({ seq }) => seq);
    return [state, hero && hero.seq, tone, seqs(current), seqs(earlier), hero && kindOf(view, hero)];
  },
  speech: (call, kind, voice, spoken) => {
    const { chime, sentences } = spokenCall(call, kind, { root, languages: languagesOf(voice), spoken });
    return [chime, ...sentences.flat()].map((url) => url.split("/static/v-1/")[1] || url);
  },
  everything: (voice) => everything(root, languagesOf(voice)),
};
const questions = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(questions.map(([name, ...rest]) => answers[name](...rest))));
