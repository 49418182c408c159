// The phone's part that lives without a page: rings for a push, opens the ticket, and keeps its page
// for when there is no network. Of the ticket's pages alone: no other page is ever kept.
//
// web/pages/installed.py writes before this what the page is made of: VERSION, SHELL, and STATIC, where
// such files are.

const SHELL_CACHE = `lapak-shell-${VERSION}`;
const PAGES_CACHE = "lapak-tickets";
const KEPT_MS = 18 * 3600 * 1000; // a number is of one day; nobody sees another's the day after
const PATIENCE_MS = 6000; // then what is kept is better than waiting
const VIBRATION_MS = [400, 200, 400, 200, 800];
const CALLS = ["called", "recalled"];
const LINK = /[a-z]+:\/\/[^"\s<]*\/t\/[^"\s<]+/g;
const PICTURE = /<svg[^>]*shape-rendering="crispEdges"[^]*?<\/svg>/g;
const OWN = /<main[^>]* data-of="([^"]+)"/;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll(SHELL)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOldShells().then(() => self.clients.claim()));
});

async function forgetOldShells() {
  const old = (await caches.keys()).filter((name) => name !== SHELL_CACHE && name !== PAGES_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// The page without a network

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/erase")) {
    event.waitUntil(caches.delete(PAGES_CACHE));
  } else if (request.method === "GET" && request.mode === "navigate" && url.pathname === "/ticket") {
    event.respondWith(ticketPage(event, url));
  } else if (request.method === "GET" && url.pathname.startsWith(STATIC)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

async function ticketPage(event, url) {
  const name = url.searchParams.get("of") || "";
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => keep(name, answer.clone()), () => {}));
  try {
    return await Promise.race([asked, after(PATIENCE_MS)]);
  } catch (error) {
    return (await keptPage(name)) || asked;
  }
}

const after = (ms) => new Promise((_, failed) => setTimeout(failed, ms));
const address = (name) => `/ticket?of=${encodeURIComponent(name)}`;

// Kept under its number, and under no number where that is what was asked for. What says that there
// is no such number takes away what was kept of it.
async function keep(asked, answer) {
  const cache = await caches.open(PAGES_CACHE);
  const html = answer.ok && !answer.redirected ? await answer.text() : "";
  const found = OWN.exec(html);
  if (!found) {
    if (answer.status === 404 || answer.status === 401) await cache.delete(address(asked));
    return;
  }
  const at = new Date().toISOString();
  const page = withoutSecrets(html).replace("<html ", `<html data-kept="${at}" `);
  const headers = { "Content-Type": "text/html; charset=utf-8", "Kept-At": at };
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  for (const name of new Set([asked, found[1]])) {
    await cache.put(address(name), new Response(page, { headers }));
  }
}

// A number's link opens it anywhere: it is not kept, nor the picture of it.
const withoutSecrets = (html) => html.replace(LINK, "/ticket").replace(PICTURE, "");

async function keptPage(name) {
  const cache = await caches.open(PAGES_CACHE);
  const kept = await cache.match(address(name));
  if (!kept) return null;
  if (Date.now() - Date.parse(kept.headers.get("Kept-At")) < KEPT_MS) return kept;
  await cache.delete(address(name));
  return null;
}

// The push

self.addEventListener("push", (event) => {
  event.waitUntil(tell(event.data.json()));
});

async function tell(message) {
  const { tag, seq, kind } = message;
  const shown = await self.registration.getNotifications({ tag });
  if (shown.some((one) => one.data && one.data.seq > seq)) return; // it came late: newer is known
  const isCall = CALLS.includes(kind);
  const isSeen = (await pages()).some((page) => page.visibilityState === "visible");
  if (kind === "withdrawn" && isSeen) {
    shown.forEach((one) => one.close());
    return;
  }
  // The page in front rings by itself.
  const silent = kind === "withdrawn" || (isSeen && isCall);
  await self.registration.showNotification(message.title, {
    body: message.body,
    tag,
    data: { url: message.url, seq },
    icon: SHELL.find((name) => name.includes("icon-192")),
    renotify: isCall || kind === "try",
    requireInteraction: isCall,
    ...(silent ? { silent } : { vibrate: VIBRATION_MS }),
  });
}

const pages = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, self.location.origin)));
});

// The page that shows this number already; else one beside it.
async function open(url) {
  const of = url.searchParams.get("of");
  for (const page of await pages()) {
    const at = new URL(page.url);
    if (at.pathname === url.pathname && at.searchParams.get("of") === of) return page.focus();
  }
  return self.clients.openWindow(url.href);
}
