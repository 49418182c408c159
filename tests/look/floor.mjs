// Parses scripts as the oldest browsers would that we stand by. argv: the files, each `module:` or
// `script:` before its path. Prints what would not parse.

import { readFileSync } from "node:fs";
import { parse } from "./vendor/acorn/acorn.mjs";

// Modules: ES2018, with dynamic import and import.meta, which Chrome 64 and Safari 11.1 know; acorn
// knows these two from later years, so they are taken out of what it reads.
const MODULE = { ecmaVersion: 2018, sourceType: "module" };
const SCRIPT = { ecmaVersion: 5, sourceType: "script" };

const wrong = [];
for (const each of process.argv.slice(2)) {
  const [kind, path] = [each.slice(0, each.indexOf(":")), each.slice(each.indexOf(":") + 1)];
  const text = readFileSync(path, "utf8")
    .replace(/\bimport\.meta\b/g, "document")
    .replace(/\bimport\(/g, "imported(");
  try {
    parse(text, kind === "module" ? MODULE : SCRIPT);
  } catch (error) {
    wrong.push(`${path}: ${error.message}`);
  }
}
console.log(JSON.stringify(wrong));
