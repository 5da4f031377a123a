// SPDX-License-Identifier: EUPL-1.2
// Keeps on this device, and nowhere else, which sessions somebody wants to hear. Without this there is nothing to press.
(() => {
  const box = document.querySelector(".programme");
  if (!box) return;
  const name = `programme:${box.dataset.gathering}`;
  const read = () => {
    try {
      return new Set(JSON.parse(localStorage.getItem(name) || "[]"));
    } catch {
      return new Set();
    }
  };
  const kept = read();
  const write = () => {
    try {
      localStorage.setItem(name, JSON.stringify([...kept]));
    } catch {
      // a device that keeps nothing still shows what was pressed until the page is left
    }
  };
  const button = (className) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = `plain-button ${className}`;
    return made;
  };
  const only = button("only");
  let alone = false;
  const parts = [...box.querySelectorAll("[data-part]")];
  const show = () => {
    only.textContent = alone ? box.dataset.all : box.dataset.only;
    only.setAttribute("aria-pressed", String(alone));
    for (const part of parts) part.hidden = alone && !kept.has(part.dataset.part);
    for (const hour of box.querySelectorAll(".hour")) hour.hidden = !hour.querySelector("[data-part]:not([hidden])");
  };
  for (const part of parts) {
    const star = button("star");
    const draw = () => {
      const on = kept.has(part.dataset.part);
      star.textContent = `${on ? "★" : "☆"} ${on ? box.dataset.drop : box.dataset.keep}`;
    };
    const title = part.querySelector("h4");
    title.id = `part-${part.dataset.part}`;
    star.setAttribute("aria-describedby", title.id);
    star.addEventListener("click", () => {
      if (!kept.delete(part.dataset.part)) kept.add(part.dataset.part);
      write();
      draw();
      show();
    });
    draw();
    part.append(star);
  }
  only.addEventListener("click", () => {
    alone = !alone;
    show();
  });
  box.prepend(only);
  show();
})();
