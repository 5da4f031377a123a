// SPDX-License-Identifier: EUPL-1.2
// Takes the names of a door off this device, at once or when their day is over, and the page that may show some. What was noted and not yet sent stays.
// Runs on the pages of every door, on the page of a link that no longer holds, and in the worker that keeps a door.
(() => {
  const START = "einlass:"; // then the path of the page
  const today = new Date().toLocaleDateString("sv-SE");
  const over = (kept) => kept && kept.day !== today;
  const forget = (name, whether) =>
    new Promise((done) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => request.transaction.abort(); // nothing was kept here, and nothing shall be
      request.onerror = () => done();
      request.onsuccess = () => {
        const list = request.result.transaction("list", "readwrite").objectStore("list");
        const asked = list.get("now");
        let gone = false;
        asked.onsuccess = () => {
          gone = whether(asked.result);
          if (gone) list.clear();
        };
        list.transaction.oncomplete = list.transaction.onabort = async () => {
          request.result.close();
          if (gone) await (await caches.open(name)).delete(name.slice(START.length)); // what it is drawn with stays for the next day
          done();
        };
      };
    });
  self.forgetNames = (name) => forget(name, () => true);
  const forgetWhatIsOver = async () => {
    const known = (await indexedDB.databases?.()) ?? []; // a browser that does not tell which there are forgets on the page of each door
    await Promise.all(known.filter(({ name }) => name.startsWith(START)).map(({ name }) => forget(name, over)));
  };
  self.forgotten = forgetWhatIsOver();
})();
