// The one way from text to markup: a page of our own, fetched again.
//
// Browsers that know trusted types refuse every other way (the Content-Security-Policy names this
// policy alone), so that no later script can turn somebody's text into markup.

const trusted = globalThis.trustedTypes?.createPolicy("our-pages", { createHTML: (html) => html });

/** The document that an answer of ours to our own request holds. Its scripts never run. */
export function parsed(html) {
  return new DOMParser().parseFromString(trusted ? trusted.createHTML(html) : html, "text/html");
}
