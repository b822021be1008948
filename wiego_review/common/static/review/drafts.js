/* What is typed into a form with `data-keep` stays on this device, per account and address,
   until it is saved.

   A draft holds, for each field that differs from what the page gave, both: `[given, typed]`,
   and the form's key: what was saved while the answer was lost is not saved twice. Other hidden
   fields are no part of it. */
"use strict";
{
  const SENT = "draft-sent";
  const KEPT_MS = 30 * 24 * 3600 * 1000;
  const SILENT = ["hidden", "submit", "button", "password", "file"];
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const keyOf = (form) => `draft:${form.dataset.keep}:${location.pathname}`;
  const fieldsOf = (form) =>
    [...form.elements].filter((field) => field.name && !SILENT.includes(field.type));
  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
  const lines = (form, name, hidden) =>
    form.querySelectorAll(`[data-${name}]`).forEach((line) => (line.hidden = hidden));

  /* `{name: [values]}`, as they stand or as the page gave them. */
  function valuesOf(form, given) {
    const found = {};
    for (const field of fieldsOf(form)) {
      const values = (found[field.name] ??= []);
      if (field.options) {
        const chosen = (option) => (given ? option.defaultSelected : option.selected);
        values.push(...[...field.options].filter(chosen).map((option) => option.value));
      } else if (isTicked(field)) {
        if (given ? field.defaultChecked : field.checked) values.push(field.value);
      } else {
        values.push(given ? field.defaultValue : field.value);
      }
    }
    return found;
  }

  function draftOf(form) {
    const draft = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
    return draft && Date.now() - draft.at < KEPT_MS ? draft : { fields: {} };
  }

  function keep(form) {
    const before = draftOf(form).fields;
    const given = valuesOf(form, true);
    const fields = {};
    for (const [name, typed] of Object.entries(valuesOf(form, false))) {
      const start = before[name]?.[0] ?? given[name];
      if (before[name] && same(typed, given[name]) && !same(start, given[name]))
        fields[name] = before[name];
      else if (!same(typed, start)) fields[name] = [start, typed];
    }
    if (Object.keys(fields).length === 0) localStorage.removeItem(keyOf(form));
    else localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), key: form.elements.key?.value, fields }));
  }

  /* Where somebody changed a field since, theirs stands and mine is told below it. */
  function restore(form) {
    const given = valuesOf(form, true);
    const { fields: draft, key } = draftOf(form);
    let restored = false;
    for (const field of fieldsOf(form)) {
      const [start, typed] = draft[field.name] ?? [];
      if (!typed || same(typed, given[field.name])) continue;
      restored = true;
      if (same(start, given[field.name])) fill(field, typed);
      else if (!field.options && !isTicked(field)) tell(form, field, typed);
      const folded = field.closest("details");
      if (folded) folded.open = true;
    }
    if (restored && key) form.elements.key.value = key;
    return restored;
  }

  function fill(field, values) {
    if (field.options) {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else if (isTicked(field)) {
      field.checked = values.includes(field.value);
    } else {
      field.value = values[0];
    }
  }

  function tell(form, field, typed) {
    const line = document.createElement("p");
    line.className = "help";
    line.dataset.typed = "";
    line.textContent = `${form.dataset.meanwhile} ${typed[0]}`;
    field.after(line);
  }

  function startAfresh(form) {
    localStorage.removeItem(keyOf(form));
    if (form.elements.key) form.elements.key.value = `${Date.now()}-${Math.random()}`;
    form.reset();
    lines(form, "typed", true);
    lines(form, "restored", true);
    fieldsOf(form)[0].focus();
  }

  function forget(account) {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(`draft:${account}:`)) localStorage.removeItem(key);
    }
  }

  /* A form sent from this tab was saved if the next page says so. One that is shown again holds
     all that was sent. */
  function arrive() {
    const form = document.querySelector("form[data-keep]");
    const again = form && "again" in form.dataset;
    const sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (sent && !again && document.querySelector(".messages .success")) {
      localStorage.removeItem(sent);
    }
    if (!form) return;
    lines(form, "kept", false);
    lines(form, "restored", again || !restore(form));
  }

  /* Where a browser keeps nothing for a site, the forms work as without this file. */
  function trying(act) {
    return (event) => {
      try {
        act(event);
      } catch (problem) {
        if (!(problem instanceof DOMException)) throw problem;
      }
    };
  }

  const kept = (event) => event.target.form?.matches("[data-keep]") && event.target.form;
  const onInput = (event) => kept(event) && keep(kept(event));
  const onClick = (event) => {
    const button = event.target.closest("[data-afresh]");
    if (button) startAfresh(button.form);
  };
  const onSubmit = ({ target: form }) => {
    if ("keep" in form.dataset) sessionStorage.setItem(SENT, keyOf(form));
    if ("forget" in form.dataset) forget(form.dataset.forget);
  };
  document.addEventListener("input", trying(onInput));
  document.addEventListener("click", trying(onClick));
  document.addEventListener("submit", trying(onSubmit));
  window.addEventListener("pageshow", trying(arrive));
}
