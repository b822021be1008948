/* Passkeys: what the browser's own dialogue says goes into the form it was asked for on. */
"use strict";

/* `new` makes one that also signs in; `fetch` asks the form's address what to ask for. */
async function ask(form) {
  if (form.dataset.passkey === "new") {
    const wanted = JSON.parse(form.dataset.options);
    Object.assign(wanted.publicKey.authenticatorSelection, {
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    });
    return webauthnJSON.create(wanted);
  }
  if (form.dataset.passkey === "use") return webauthnJSON.get(JSON.parse(form.dataset.options));
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no answer");
  return webauthnJSON.get((await answer.json()).request_options);
}

async function usePasskey(form) {
  const problem = form.querySelector("[role=alert]");
  problem.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await ask(form));
    form.submit();
  } catch {
    problem.textContent = form.dataset.refused;
    problem.hidden = false;
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.passkey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  usePasskey(event.target);
}, true);
