// Runs the pure modules of look/static under node and prints what they say, for test_modules.py.
// argv: the folder of the modules, the embedded words as JSON, the questions as JSON.

import { pathToFileURL } from "node:url";

const [folder, words, questions] = process.argv.slice(2);
globalThis.document = { getElementById: () => ({ textContent: words }) };
const load = (name) => import(pathToFileURL(`${folder}/${name}`).href);

const { clock, elapsed, stopwatch } = await load("time.js");
const { t, language } = await load("words.js");

const answers = {
  clock: ([at, zone, named]) => clock(at, zone, named),
  elapsed: ([since, at]) => elapsed(since, new Date(at)),
  stopwatch: ([since, at]) => stopwatch(since, new Date(at)),
  t: ([id, values]) => t(id, values),
  language: () => language,
};
const said = JSON.parse(questions).map(([name, ...rest]) => answers[name](rest));
console.log(JSON.stringify(said));
