// SPDX-License-Identifier: EUPL-1.2
// Keeps one page, the door of one gathering, for times without a connection. KNOWN is set by the server: the page and what it is drawn with.
const KEPT = "einlass:" + KNOWN.page;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll([KNOWN.page, ...KNOWN.assets])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Led to signing in, or told that there is nothing for her: who is no longer let in has no use for the names either. A server in trouble says nothing of that.
const refused = (answer) => answer.status < 500;

async function page(request) {
  const kept = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    const plain = !new URL(request.url).search;
    if (answer.ok && !answer.redirected && plain) await kept.put(KNOWN.page, answer.clone());
    if (!answer.ok || answer.redirected) await Promise.all([kept.delete(KNOWN.page), refused(answer) && forgetNames(KEPT)]);
    return answer;
  } catch (fault) {
    const known = await kept.match(KNOWN.page);
    if (known) return known;
    throw fault;
  }
}

async function guest(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect(KNOWN.page + "#gast"); // the kept page has a form of its own for guests
  }
}

async function asset(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request)) || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname === KNOWN.page) event.respondWith(page(event.request));
  else if (address.pathname === KNOWN.page + "gast/") event.respondWith(guest(event.request));
  else if (KNOWN.assets.includes(address.pathname)) event.respondWith(asset(event.request));
});
