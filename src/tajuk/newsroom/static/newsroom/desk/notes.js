// The forms of the notes panel are sent without leaving the story; without this script they go and come back.
(() => {
  const counter = () =>
    document.querySelector("[data-side-panel-toggle=notes] [data-side-panel-toggle-counter]");

  const show = (panel, html) => {
    const read = new DOMParser().parseFromString(html, "text/html");
    panel.replaceChildren(...read.body.childNodes);
    const count = panel.querySelector("[data-notes-count]")?.dataset.notesCount ?? "0";
    const shown = counter();
    if (shown) {
      shown.textContent = count;
      shown.hidden = count === "0";
    }
  };

  // Asked of the document: the panel of a new story is filled when its first draft has saved itself.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const panel = form.closest("[data-notes]");
    if (!panel) return;
    event.preventDefault();
    const data = new FormData(form, event.submitter);
    // The person may have signed in again in another tab since: the story's own form has the newest token.
    const token = document.querySelector("#w-editor-form [name=csrfmiddlewaretoken]")?.value;
    if (token) data.set("csrfmiddlewaretoken", token);
    event.submitter.disabled = true;
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        body: data,
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
    } catch {
      answer = null; // no connection: the note stays in its field
    }
    event.submitter.disabled = false;
    if (!answer?.ok) {
      form.classList.add("newsroom-notes--unsent");
      return;
    }
    show(panel, await answer.text());
    panel.querySelector("textarea")?.focus();
  });

  if (location.hash === "#notes") {
    document.querySelector("[data-side-panel-toggle=notes]")?.click();
  }
})();
