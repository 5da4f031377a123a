// SPDX-License-Identifier: EUPL-1.2
// The door with a script: lets in at once, also without a connection, and sends what it noted when there is one again.
// Kept on the telephone: of everybody name, organisation and whether she is in, for this day only; of a guest what was noted, until it is sent.
(() => {
  const door = document.querySelector("[data-entrance]");
  const say = (name) => door.dataset[name];
  const token = door.querySelector("[name=csrfmiddlewaretoken]").value;
  const form = door.querySelector("form[role=search]");
  const field = form.querySelector("[name=q]");
  const answer = door.querySelector(".answer");
  const list = door.querySelector("[data-people]");
  const line = door.querySelector(".turnout");
  const state = door.querySelector("[data-connection]");
  const database = "einlass:" + say("page");
  const today = new Date().toLocaleDateString("sv-SE");
  let people = [];
  let digest = "";
  let sending = false,
    wanted = false,
    next = 0;
  let reached = navigator.onLine; // whether the server answered last time

  // --- what is kept ---
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const opened = (() => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("list");
      request.result.createObjectStore("notes", { keyPath: "key" });
    };
    return done(request);
  })();
  const store = async (name, mode) => (await opened).transaction(name, mode).objectStore(name);
  const keepList = async () => done((await store("list", "readwrite")).put({ day: today, people, digest }, "now"));
  const forgetList = async () => {
    people = [];
    digest = "";
    await forgetNames(database);
  };
  const readList = async () => {
    const kept = await done((await store("list", "readonly")).get("now"));
    if (kept && kept.day !== today) await forgetList();
    else if (kept) ({ people, digest } = kept);
  };
  const notes = async () => done((await store("notes", "readonly")).getAll());

  // --- what is shown ---
  const clock = () => new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
  const filled = (name, values) => say(name).replace(/\{(\w+)\}/g, (_all, key) => values[key]);
  const signs = { in: "✓", again: "↩", wait: "!" }; // let in now; was inside before and comes back; somebody has to look
  const show = (kind, words) => {
    answer.hidden = false;
    answer.className = "answer answer-" + kind;
    answer.querySelector(".sign").textContent = signs[kind];
    answer.querySelector(".words").textContent = words;
    navigator.vibrate?.(kind === "wait" ? [80, 80, 80] : 80);
  };
  const count = () => {
    const expected = people.filter((person) => !person.state);
    line.textContent = filled("turnout", { came: expected.filter((person) => person.came).length, expected: expected.length });
  };
  const showConnection = async () => {
    const waiting = (await notes()).length;
    state.textContent = reached && navigator.onLine && !waiting ? say("online") : filled("offline", { waiting });
  };

  // --- letting in ---
  const letIn = async (person) => {
    list.replaceChildren();
    field.value = "";
    field.focus();
    if (person.state) return show("wait", filled("noPlace", person));
    if (person.came) return show("again", filled("before", person));
    await done((await store("notes", "readwrite")).put({ key: crypto.randomUUID(), who: person.key, at: Date.now() }));
    person.came = clock();
    await keepList();
    show("in", filled("in", person));
    count();
    await showConnection();
    send();
  };
  const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const digestOf = async (text) => hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).slice(0, 32);
  const swapped = (text) => text.replace(/[YZ]/g, (letter) => (letter === "Y" ? "Z" : "Y")); // a scanner set to another keyboard
  const withCode = async (text) => {
    const code = text.trim().toUpperCase();
    const digests = await Promise.all([code, swapped(code)].map(digestOf));
    return people.find((person) => digests.includes(person.code));
  };
  const folded = (text) =>
    text.toLowerCase().replace(/[äöüß]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", ß: "ss" })[letter]).normalize("NFD").replace(/\p{M}/gu, "");
  const named = (text) => {
    const words = folded(text).split(/\s+/).filter(Boolean);
    const matches = (person) => words.every((word) => folded(person.name + " " + person.organisation).includes(word));
    return words.length ? people.filter(matches).slice(0, 20) : [];
  };
  const entry = (person) => {
    const item = document.createElement("li");
    const words = document.createElement("span");
    const name = document.createElement("strong");
    name.textContent = person.name;
    const rest = [person.organisation, person.state, person.came && filled("since", person)].filter(Boolean).join(" · ");
    words.append(name, document.createElement("br"), rest);
    item.append(words);
    if (person.state || person.came) {
      const more = document.createElement("a");
      more.href = "?" + new URLSearchParams({ q: person.name });
      more.textContent = say("more");
      item.append(more);
    } else {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "kern-btn kern-btn--primary";
      button.innerHTML = '<span class="kern-label"></span>';
      button.firstChild.textContent = say("letIn");
      button.setAttribute("aria-label", say("letIn") + ": " + person.name);
      button.addEventListener("click", () => letIn(person));
      item.append(button);
    }
    return item;
  };
  const look = async (text) => {
    if (!text.trim()) return;
    const person = await withCode(text);
    if (person) return letIn(person);
    const found = named(text);
    list.replaceChildren(...found.map(entry));
    if (found.length) answer.hidden = true;
    else show("wait", filled("nobody", { text: text.trim() }));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look(field.value);
  });

  // --- guests ---
  const guestLink = door.querySelector("[data-guest-link]");
  const guest = door.querySelector("[data-guest]");
  const askForGuest = () => {
    guest.hidden = false;
    guest.querySelector("[name=name]").focus();
  };
  const letGuestIn = async () => {
    const said = Object.fromEntries(["name", "participant_type", "organisation"].map((name) => [name, guest.querySelector(`[name=${name}]`).value.trim()]));
    if (!said.name) return;
    const { name, organisation, participant_type: type } = said;
    const key = crypto.randomUUID();
    await done((await store("notes", "readwrite")).put({ key, who: key, at: Date.now(), guest: { name, organisation, type } }));
    people.push({ key, code: "", name, organisation, state: "", came: clock() });
    await keepList();
    guest.reset();
    guest.hidden = true;
    field.focus();
    show("in", filled("in", { name, organisation }));
    count();
    await showConnection();
    send();
  };
  guestLink?.addEventListener("click", (event) => {
    if (reached && navigator.onLine) return; // then the page with the form says at once whether a place is free
    event.preventDefault();
    askForGuest();
  });
  guest?.addEventListener("submit", (event) => {
    event.preventDefault();
    letGuestIn();
  });
  const dropOld = async () => {
    const old = (await notes()).filter((note) => Date.now() - note.at > 7 * 24 * 3600 * 1000); // nobody will let them be sent any more
    const kept = await store("notes", "readwrite");
    await Promise.all(old.map((note) => done(kept.delete(note.key))));
  };

  // --- sending ---
  const refused = async (status) => {
    if (status !== 400) await forgetList();
    count();
    show("wait", say(status === 400 ? "notUnderstood" : "closed"));
  };
  const take = async (given) => {
    const kept = await store("notes", "readwrite");
    await Promise.all(given.taken.map((key) => done(kept.delete(key))));
    digest = given.digest;
    if (given.people) {
      const waiting = new Map((await notes()).map((note) => [note.who, note]));
      people = given.people.map((person) => (waiting.has(person.key) && !person.came ? { ...person, came: clock() } : person));
    }
    await keepList();
    count();
    if (given.refused.length) show("wait", given.refused.join(" "));
  };
  const attempt = async () => {
    try {
      const waiting = (await notes()).slice(0, 500);
      const body = JSON.stringify({ sent_at: Date.now(), digest, notes: waiting });
      const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
      const given = await fetch(say("merge"), { method: "POST", headers, body, redirect: "manual" });
      reached = given.ok;
      if (given.ok) await take(await given.json());
      else if (given.type === "opaqueredirect" || given.status < 500) await refused(given.status);
    } catch {
      reached = false; // what was noted stays, and goes with the next attempt
    }
  };
  const send = async () => {
    wanted = true; // whoever asks while one is under way gets another, because that one may have begun without a connection
    if (sending) return;
    sending = true;
    while (wanted) {
      wanted = false;
      await attempt();
    }
    sending = false;
    await showConnection();
    clearTimeout(next);
    next = setTimeout(send, !reached && navigator.onLine ? 2000 : 15000);
  };

  // --- the camera ---
  const start = door.querySelector("[data-camera]");
  const film = door.querySelector("video");
  const reader = async () => {
    if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      return async () => (await detector.detect(film))[0]?.rawValue;
    }
    const { default: decode } = await import(say("decoder"));
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    return async () => {
      canvas.width = 480;
      canvas.height = Math.round((480 * film.videoHeight) / film.videoWidth);
      pen.drawImage(film, 0, 0, canvas.width, canvas.height);
      try {
        return decode(pen.getImageData(0, 0, canvas.width, canvas.height));
      } catch {
        return undefined; // no code in sight
      }
    };
  };
  const watch = async () => {
    const read = await reader();
    let last = "";
    const again = async () => {
      if (!film.srcObject) return;
      const text = film.videoWidth ? await read() : "";
      if (text && text !== last) {
        last = text;
        setTimeout(() => (last = ""), 4000);
        await look(text);
      }
      setTimeout(again, 150);
    };
    again();
  };
  const stop = () => {
    film.srcObject.getTracks().forEach((track) => track.stop());
    film.srcObject = null;
    film.hidden = true;
    start.firstElementChild.textContent = say("cameraOn");
  };
  start.addEventListener("click", async () => {
    if (film.srcObject) return stop();
    try {
      film.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      film.hidden = false;
      await film.play();
      start.firstElementChild.textContent = say("cameraOff");
      watch();
    } catch {
      show("wait", say("noCamera"));
    }
  });

  // --- beginning ---
  const begin = async () => {
    if (!window.isSecureContext) return; // without a secure connection nothing is kept, and the page works as it does without a script
    await dropOld();
    await readList();
    if (guest && location.hash === "#gast") askForGuest(); // the page with the form could not be reached
    start.hidden = !navigator.mediaDevices?.getUserMedia;
    if (people.length) count();
    try {
      await navigator.serviceWorker.register(say("worker"), { scope: say("page") });
      await navigator.serviceWorker.ready;
    } catch {
      // then the page has to stay open while there is no connection
    }
    await send();
    door.dataset.ready = "ja";
    addEventListener("online", send);
    addEventListener("offline", showConnection);
  };
  begin();
})();
