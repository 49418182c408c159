// What the holder asks: the page's forms, answered with the view alone, so that nothing is loaded
// again. Without this file the same forms post and redirect.

import { post } from "../../look/send.js";
import { t } from "../../look/words.js";

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
    const answer = await post(form.action, new URLSearchParams(new FormData(form)), "application/json");
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
