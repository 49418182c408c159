// What in a script is newer than the browsers we promise to serve. argv: the year's number ("5",
// "2018"), "script" or "module", files. Prints one line a finding: file, line, what.

const { parse } = require("../vendor/acorn/acorn.js");
const { readFileSync } = require("node:fs");

// Methods and objects that came after Chrome 63; asked for as `window.…` they may be missing.
const NEW_METHODS = new Set([
  "allSettled", "at", "findLast", "flat", "flatMap", "fromEntries", "matchAll", "replaceAll",
  "replaceChildren", "toSorted", "toggleAttribute", "trimEnd", "trimStart", "requestSubmit",
]);
const NEW_OBJECTS = new Set(["queueMicrotask", "structuredClone", "ResizeObserver"]);

const [year, sourceType, ...files] = process.argv.slice(2);

function newer(node) {
  const { callee } = node;
  // `clients.matchAll` of a worker is as old as workers.
  const isClients = callee && callee.object && callee.object.property && callee.object.property.name === "clients";
  if (callee && callee.type === "MemberExpression" && !isClients && NEW_METHODS.has(callee.property.name)) {
    return `.${callee.property.name}()`;
  }
  if (node.type === "Identifier" && NEW_OBJECTS.has(node.name)) return node.name;
  if (node.type === "Literal" && node.regex && /\(\?<|\\p\{/.test(node.regex.pattern)) return "regular expression";
  return null;
}

function walk(file, node) {
  const found = newer(node);
  if (found) console.log(`${file}:${node.loc.start.line} ${found}`);
  for (const inner of Object.values(node)) {
    for (const each of Array.isArray(inner) ? inner : [inner]) {
      if (each && typeof each.type === "string") walk(file, each);
    }
  }
}

for (const file of files) {
  try {
    walk(file, parse(readFileSync(file, "utf8"), { ecmaVersion: Number(year), sourceType, locations: true }));
  } catch (error) {
    console.log(`${file}: ${error.message}`);
  }
}
