// Runs static/ticket/{face,paint}.js under node: argv: folder, embedded words, [{view, steps}].

import { pathToFileURL } from "node:url";

const [folder, words, cases] = process.argv.slice(2);
globalThis.document = { getElementById: () => ({ textContent: words }) };
const load = (name) => import(pathToFileURL(`${folder}/${name}`).href);

const { face } = await load("web/ticket/face.js");
const { shownBlocks } = await load("web/ticket/paint.js");
const OWN_TO_BROWSERS = "sound";

const said = JSON.parse(cases).map(({ view, steps }) => {
  const slots = Object.entries(face(view, steps)).filter(([, text]) => text);
  const shown = shownBlocks(view).filter((name) => name !== OWN_TO_BROWSERS);
  return { face: Object.fromEntries(slots), shown };
});
console.log(JSON.stringify(said));
