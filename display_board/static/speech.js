// A call as it is heard: the chime, then its clips in each language of this screen.

/**
 * The chime's address, and for each language the addresses of a sentence. `root`: of all clips.
 * hasty   others wait: no chime between, nor the words in `spare`, without which it is understood
 */
export function spokenCall({ clips }, { root, languages, spare }, hasty = false) {
  const isSaid = (name) => name && !(hasty && spare.includes(name));
  const said = (language) => (clips[language] || "").split(" ").filter(isSaid);
  const sentences = languages.map((language) => said(language).map((name) => clip(root, language, name)));
  return { chime: hasty ? null : chime(root), sentences };
}

/** All that may ever be said, to fetch while there is a network. `names`: by language. */
export function everything(names, { root, languages }) {
  const clips = languages.map((language) => names[language].map((name) => clip(root, language, name)));
  return [chime(root)].concat(...clips);
}

const clip = (root, language, name) => `${root}${language}/${name}.opus`;
const chime = (root) => `${root}chime.opus`;
