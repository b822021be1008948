/* Makes the pages quicker to use; each of them works without it. */
"use strict";

const each = (root, selector, act) => root.querySelectorAll(selector).forEach(act);

/* A name pressed goes into the line of names beside it. */
function addName(button) {
  const input = document.getElementById(button.dataset.into);
  const names = input.value.split(";").map((name) => name.trim()).filter(Boolean);
  if (!names.includes(button.textContent.trim())) names.push(button.textContent.trim());
  input.value = names.join("; ");
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}

/* The names offered while typing go on after each semicolon or comma. */
function offerNext(input) {
  const list = input.list;
  if (!list || !("several" in input.dataset)) return;
  const before = input.value.match(/^.*[;,]\s*/s)?.[0] ?? "";
  if (list.dataset.before === before) return;
  list.dataset.before = before;
  each(list, "option", (option) => {
    option.dataset.name ??= option.value;
    option.value = before + option.dataset.name;
  });
}

/* The list as plain text, one line a row, as it stands on the page. */
function asText(table) {
  const words = (cell) => cell.innerText.replace(/\s+/g, " ").trim();
  const lines = [...table.rows].map((row) => [...row.cells].map(words).join("\t"));
  return lines.join("\n");
}

async function copyList(button) {
  const table = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(asText(table));
    button.textContent = button.dataset.done;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(table);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.into) addName(button);
  if (button?.dataset.copy) copyList(button);
  if (button && "print" in button.dataset) window.print();
  each(document, "details.menu[open]", (menu) => menu.contains(event.target) || (menu.open = false));
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.activeElement.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("input", (event) => {
  if (event.target instanceof HTMLInputElement) offerNext(event.target);
});

/* A file that is too large is told of before it is sent over a slow line. */
function weigh(input) {
  const told = input.form.querySelector("[data-too-large]");
  if (told) told.hidden = ![...input.files].some((file) => file.size > input.dataset.most);
}
document.addEventListener("change", (event) => {
  if (event.target.dataset?.most) weigh(event.target);
});
document.addEventListener("submit", (event) => {
  if (event.target.querySelector("[data-too-large]:not([hidden])")) event.preventDefault();
});

/* A second press while the first is on its way does nothing. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  each(document, "form[data-sent]", (form) => delete form.dataset.sent);
});

/* Filters that were left empty stay out of the address. */
document.addEventListener("htmx:configRequest", (event) => {
  const sent = event.detail.formData;
  for (const name of new Set([...sent.keys()])) {
    const kept = sent.getAll(name).filter((value) => value !== "");
    sent.delete(name);
    kept.forEach((value) => sent.append(name, value));
  }
});
document.addEventListener("htmx:afterSwap", () => {
  each(document, ".filters .problems", (problem) => problem.remove());
  show(document);
});

/* Buttons that only work with this file are hidden without it; a desk has room for filters. */
function show(root) {
  if (matchMedia("(min-width: 64rem)").matches) {
    each(root, "details[data-open-on-desk]", (part) => (part.open = true));
  }
  each(root, "[data-script]", (part) => (part.hidden = false));
}
document.addEventListener("DOMContentLoaded", () => show(document));
