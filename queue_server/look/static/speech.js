// The spoken call as a sequence of clips. Says what look/speech.py says; no page, no sound here.

const PHRASES = {
  id: ["nomor-antrean", "silakan-menuju", { desk: "loket", booth: "bilik" }],
  en: ["ticket-number", "please-go-to", { desk: "counter", booth: "booth" }],
};
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const upTo = (n) => Array.from({ length: n }, (_, i) => String(i));
const NUMBERS = {
  id: [...upTo(12), "100", "1000", "belas", "puluh", "ratus", "ribu"],
  en: [...upTo(20), ...upTo(8).map((n) => `${(Number(n) + 2) * 10}`), "hundred", "thousand"],
};

/** The names of the clips that call a number to a counter, in order. */
export function sentence({ number, counter, kind }, { language = "id", spoken = "digits" } = {}) {
  const [opening, please, places] = PHRASES[language];
  const [letter, digits] = number.toLowerCase().split("-");
  const said = spoken === "words" ? figures(digits, language) : [...digits];
  return [opening, ...letter, ...said, please, places[kind], ...counterName(counter, language)];
}

/** The address of a clip; `root`: the folder of all of them. */
export const clipUrl = (root, name, language = "id") => `${root}${language}/${name}.opus`;

/** The chime's address: two bells, before the first words. */
export const chimeUrl = (root) => `${root}chime.opus`;

/** Every clip of a language, to fetch while there is a network. */
export function clipNames(language = "id") {
  const [opening, please, places] = PHRASES[language];
  return [opening, please, ...Object.values(places), ...LETTERS, ...NUMBERS[language]];
}

// Figures as a number ("loket dua belas"), letters one by one, other signs not at all.
function counterName(name, language) {
  const parts = name.toLowerCase().match(/[0-9]+|[a-z]/g) || [];
  return [].concat(...parts.map((part) => (/[0-9]/.test(part) ? figures(part, language) : [part])));
}

function figures(digits, language) {
  if (digits.length > 4) return [...digits];
  return language === "en" ? english(Number(digits)) : indonesian(Number(digits));
}

function indonesian(n) {
  if (n < 12) return [`${n}`];
  if (n < 20) return [`${n - 10}`, "belas"];
  const unit = n >= 1000 ? 1000 : n >= 100 ? 100 : 10;
  const count = Math.floor(n / unit);
  const rest = n % unit;
  const word = { 10: "puluh", 100: "ratus", 1000: "ribu" }[unit];
  const first = count === 1 ? [`${unit}`] : [`${count}`, word];
  return rest ? [...first, ...indonesian(rest)] : first;
}

function english(n) {
  if (n < 20) return [`${n}`];
  const unit = n >= 1000 ? 1000 : n >= 100 ? 100 : 10;
  const rest = n % unit;
  const word = { 100: "hundred", 1000: "thousand" }[unit];
  const first = word ? [`${Math.floor(n / unit)}`, word] : [`${n - rest}`];
  return rest ? [...first, ...english(rest)] : first;
}
