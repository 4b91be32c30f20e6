// Passkeys: the only thing of accounts that needs a script. A form with `data-passkey` asks the browser for a passkey
// ("get") or has it make one ("create"), writes the answer into its field `credential`, and is sent as any other form.
// What the browser is asked stands in the page (#passkey-options) or is fetched from `data-ask`.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const named = (each) => ({ ...each, id: bytes(each.id) });

function asked({ publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (options.user) options.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) options.excludeCredentials = options.excludeCredentials.map(named);
  if (options.allowCredentials) options.allowCredentials = options.allowCredentials.map(named);
  return options;
}

// As WebAuthn's own toJSON() would write it, which not every browser has yet.
function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function optionsOf(form) {
  if (!form.dataset.ask) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function use(form) {
  const publicKey = asked(await optionsOf(form));
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  // One that signs in alone: it is found without an address, and asks for finger, face or PIN.
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return navigator.credentials.create({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  const failed = form.querySelector("[role=alert][hidden]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    failed.hidden = true;
    try {
      form.elements.credential.value = answered(await use(form));
      form.submit();
    } catch (error) {
      failed.hidden = false;
      if (!(error instanceof DOMException)) throw error;
    }
  });
}
