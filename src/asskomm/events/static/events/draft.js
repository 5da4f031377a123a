// SPDX-License-Identifier: EUPL-1.2
// Keeps a proposal as a draft while somebody writes it, from the first key on. Without this there is a button that does it.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const told = form.querySelector(".draft-told");
  const address = form.elements.email;
  const SOON = 400;
  const NEXT = 1500;
  const AGAIN = 10000;
  const MANY = 429;
  let timer = 0;
  let begun = Boolean(form.getAttribute("action"));
  let whole = address.value; // an address that is being typed is none yet: the link would go to somebody else's
  let running = null;
  let over = false;
  let away = false;
  let refused = false;
  const say = (text) => {
    if (told.textContent !== text) told.textContent = text;
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = over ? 0 : setTimeout(keep, wait);
  };
  const written = () => {
    const body = new FormData(form);
    body.set("email", whole);
    return body;
  };
  const take = async (answer) => {
    if (answer.status >= 500 || answer.status === MANY) throw new Error(answer.statusText); // it may go better soon
    away = false;
    const ours = answer.headers.get("content-type").includes("json");
    const given = ours ? await answer.json() : { told: form.dataset.over };
    if (!answer.ok) {
      refused = true;
      over = begun || !ours; // somebody else wrote meanwhile, or the call is closed: it does not go better, and the button says why
      if (over) say(given.told);
      return;
    }
    begun = true;
    form.setAttribute("action", given.link);
    form.elements.seen.value = given.seen;
    history.replaceState(null, "", given.link);
    const time = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
    say(form.dataset.kept.replace("TIME", time));
  };
  const send = async () => {
    try {
      const options = { method: "POST", headers: { "X-Draft": "1" }, body: written(), keepalive: true };
      const answer = await fetch(form.getAttribute("action") || location.href, options);
      await take(answer);
    } catch {
      away = true;
      say(form.dataset.away);
      later(AGAIN);
    }
  };
  const keep = () => {
    timer = 0;
    if (running) {
      later(SOON);
      return;
    }
    running = send().finally(() => {
      running = null;
    });
  };
  form.addEventListener("input", (event) => {
    if (event.target === address) return; // what is not whole is not sent; as soon as she goes on it is
    if (!begun && !running && !away && !refused) keep();
    else later(NEXT);
  });
  address.addEventListener("change", () => {
    whole = address.value;
    later(0);
  });
  window.addEventListener("online", () => {
    if (away) later(0);
  });
  window.addEventListener("beforeunload", (event) => {
    if (away && !over) event.preventDefault(); // what is written stands nowhere else; the browser asks
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) {
      clearTimeout(timer);
      keep();
    }
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    over = true;
    if (!running) return;
    event.preventDefault(); // the draft that is on its way first, so that there are not two of it
    running.then(() => form.requestSubmit(event.submitter));
  });
})();
