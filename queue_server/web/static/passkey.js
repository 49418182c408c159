// Passkeys in the browser: <div data-passkey="enrol|use" data-options="…" data-answer="…" hidden>.
//
// Asks the server for options, the browser for the passkey, and posts what it made; then goes where
// the answer says. The block stays hidden where the browser has no passkeys: the other ways are on
// the same page.

import { announce } from "../look/page.js";
import { t } from "../look/words.js";

const CANCELLED = new Set(["NotAllowedError", "AbortError"]); // closed, waited too long, not allowed
const KNOWN = "InvalidStateError"; // this device holds a passkey of the account already

/** The server's no, in the reader's words. */
class Refused extends Error {}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function letters(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.detail || t("passkey-failed"));
  return answer;
}

const described = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function make(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
    },
  });
  return {
    ...frame(made),
    response: {
      clientDataJSON: letters(made.response.clientDataJSON),
      attestationObject: letters(made.response.attestationObject),
    },
  };
}

async function use(options) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: described(options.allowCredentials),
    },
  });
  return {
    ...frame(used),
    response: {
      clientDataJSON: letters(used.response.clientDataJSON),
      authenticatorData: letters(used.response.authenticatorData),
      signature: letters(used.response.signature),
      userHandle: used.response.userHandle ? letters(used.response.userHandle) : null,
    },
  };
}

const frame = (credential) => ({
  id: credential.id,
  rawId: letters(credential.rawId),
  type: credential.type,
  clientExtensionResults: {},
});

function sentence(error) {
  if (error instanceof Refused) return error.message;
  if (CANCELLED.has(error.name)) return t("passkey-cancelled");
  if (error.name === KNOWN) return t("passkey-known");
  console.error("passkey", error);
  return t("passkey-failed");
}

async function run(block) {
  const button = block.querySelector("button");
  const said = block.querySelector("[data-said]");
  const { passkey, options, answer, next } = block.dataset;
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  said.hidden = true;
  try {
    const asked = await post(options, {});
    const credential = passkey === "enrol" ? await make(asked) : await use(asked);
    const label = block.querySelector("input[name=label]");
    const done = await post(answer, { credential, label: label ? label.value : "", next: next || "" });
    location.assign(done.next);
  } catch (error) {
    said.textContent = sentence(error);
    said.hidden = false;
    announce(said.textContent);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

for (const block of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential || !navigator.credentials) continue;
  block.hidden = false;
  block.querySelector("button").addEventListener("click", () => run(block));
}
