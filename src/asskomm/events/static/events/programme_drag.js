// SPDX-License-Identifier: EUPL-1.2
// Lets a session be dragged to a room and time: fills in and sends the small form of the session, which works by keyboard without this.
(() => {
  let dragged = null;
  for (const card of document.querySelectorAll(".card")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.id);
    });
    card.addEventListener("dragend", () => {
      dragged = null;
    });
  }
  for (const target of document.querySelectorAll("[data-start]")) {
    target.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      target.classList.add("over");
    });
    target.addEventListener("dragleave", () => target.classList.remove("over"));
    target.addEventListener("drop", (event) => {
      target.classList.remove("over");
      if (!dragged) return;
      event.preventDefault();
      const form = dragged.querySelector("form");
      form.elements.room.value = target.dataset.room;
      form.elements.starts_at.value = target.dataset.start;
      form.requestSubmit();
    });
  }
})();
