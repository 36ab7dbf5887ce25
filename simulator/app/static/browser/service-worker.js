// The page's own store: every file once, checked against the list of hashes, then never asked for again. Site VERSION.

const STORE = "mbdr-VERSION";
const here = (name) => new URL(name, self.registration.scope).href;

async function filled() {
  const store = await caches.open(STORE);
  const lock = await (await fetch("lock.json", { cache: "no-cache" })).json();
  const fetched = async ([name, integrity]) => {
    const reply = await fetch(name, { integrity, cache: "no-cache" });
    if (!reply.ok) throw new Error(`${name} is missing`);
    await store.put(here(name), reply);
  };
  await Promise.all(Object.entries(lock).map(fetched));
  await store.put(
    here("lock.json"),
    new Response(JSON.stringify(lock), { headers: { "Content-Type": "application/json" } }),
  );
}

async function taken() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("mbdr-") && name !== STORE).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

async function answered(request) {
  const address = new URL(request.url);
  address.search = address.hash = "";
  const name = address.href === here("") ? here("index.html") : address.href;
  const store = await caches.open(STORE);
  return (await store.match(name)) ?? new Response("not a file of this site", { status: 404 });
}

self.addEventListener("install", (event) => event.waitUntil(filled().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(taken()));
self.addEventListener("fetch", (event) => event.respondWith(answered(event.request)));
