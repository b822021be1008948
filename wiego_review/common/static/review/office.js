/* The fields of the admin that search while one types are made by select2, which gives them no name. */
"use strict";
{
  const nameOf = (select) => select?.labels?.[0]?.innerText.trim().replace(/:$/, "") ?? "";

  function name(select) {
    const box = select.nextElementSibling?.querySelector(".select2-selection");
    const words = nameOf(select);
    if (!box || !words) return;
    const chosen = box.getAttribute("aria-labelledby");
    box.setAttribute("aria-label", words);
    if (chosen) {
      for (const each of ["role", "aria-readonly"]) document.getElementById(chosen).removeAttribute(each);
      box.id ||= `${chosen}-box`;
      box.setAttribute("aria-labelledby", `${box.id} ${chosen}`);
    }
    box.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
  }
  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(name);

  // Of several, each is taken off by its own sign; one for all would stand inside their list.
  document
    .querySelectorAll("select.admin-autocomplete[multiple]")
    .forEach((select) => (select.dataset.allowClear = "false"));
  window.django?.jQuery?.(nameAll);
  document.addEventListener("formset:added", () => setTimeout(nameAll));

  // The box to type in comes when the field is opened.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(".select2-search__field:not([aria-label])"))
      target.setAttribute("aria-label", document.querySelector(".select2-container--open .select2-selection")?.ariaLabel ?? "");
  });
}
