// What the holder asks: the page's forms, answered with the view alone, so that nothing is loaded
// again. Without this file the same forms post and redirect.

import { t } from "/static/look/words.js";

const TRIES = 3; // safe to repeat: the same request id is the same request
const TIMEOUT_MS = 10000;

/** Take over every form with data-verb; `done(view)` gets the ticket as it is afterwards. */
export function takeForms(done) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.verb) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") submit(form, done);
  });
}

async function submit(form, done) {
  form.setAttribute("aria-busy", "true");
  say("");
  try {
    const answer = await post(form);
    form.elements.request_id.value = freshId();
    if (answer.ok) {
      closeCard(form);
      done(await answer.json());
    } else {
      say(await reason(answer));
    }
  } catch (error) {
    console.info("send", error);
    say(t("not-sent"));
  } finally {
    form.removeAttribute("aria-busy");
  }
}

async function post(form) {
  const init = {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { Accept: "application/json" },
  };
  for (let left = TRIES; ; left -= 1) {
    try {
      return await request(form.action, init);
    } catch (error) {
      if (left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 1000));
    }
  }
}

async function request(url, init) {
  // Browsers of Android 7's days may lack it: there the network's own patience counts.
  const abort = window.AbortController ? new AbortController() : null;
  const timer = abort && setTimeout(() => abort.abort(), TIMEOUT_MS);
  const signal = abort ? { signal: abort.signal } : {};
  try {
    return await fetch(url, { ...init, ...signal, credentials: "same-origin" });
  } finally {
    clearTimeout(timer);
  }
}

async function reason(answer) {
  try {
    return (await answer.json()).detail || t("not-sent");
  } catch (error) {
    return t("not-sent");
  }
}

function closeCard(form) {
  const card = form.closest("details");
  if (card) card.open = false;
}

function say(text) {
  const line = document.getElementById("not-sent");
  line.textContent = text;
  line.hidden = text === "";
}

function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
