// SPDX-License-Identifier: EUPL-1.2
// Says at once that a file is too large, before it is sent for minutes; the server says the same without this.
(() => {
  const input = document.querySelector("input[type=file][data-most]");
  if (!input) return;
  const told = document.createElement("p");
  told.className = "kern-error";
  told.setAttribute("role", "alert");
  input.after(told);
  input.addEventListener("change", () => {
    const large = input.files.length > 0 && input.files[0].size > Number(input.dataset.most);
    told.textContent = large ? input.dataset.told : "";
    if (large) input.value = "";
  });
})();
