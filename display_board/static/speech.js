// A call as it is heard: the chime, then the sentence in each language of this screen.

import { chimeUrl, clipNames, clipUrl, sentence } from "../look/speech.js";

/** `voice`: "id", or "both" for Indonesian and then English. */
export const languagesOf = (voice) => (voice === "both" ? ["id", "en"] : ["id"]);

/** The chime's address, and for each language the addresses of a sentence. */
export function spokenCall(call, kind, { root, languages, spoken }) {
  const sentences = languages.map((language) =>
    sentence({ ...call, kind }, { language, spoken }).map((name) => clipUrl(root, name, language)),
  );
  return { chime: chimeUrl(root), sentences };
}

/** All that may ever be said, to fetch while there is a network. */
export function everything(root, languages) {
  const clips = languages.map((language) =>
    clipNames(language).map((name) => clipUrl(root, name, language)),
  );
  return [chimeUrl(root)].concat(...clips);
}
