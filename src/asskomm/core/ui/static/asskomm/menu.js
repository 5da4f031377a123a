// SPDX-License-Identifier: EUPL-1.2
// Folds the menu where the window is narrow. Without this the menu stands open and can be folded by hand.
(() => {
  const box = document.querySelector(".menu-box");
  const narrow = matchMedia("(max-width: 40rem)");
  const fit = () => {
    box.open = !narrow.matches;
  };
  fit();
  narrow.addEventListener("change", fit);
})();
