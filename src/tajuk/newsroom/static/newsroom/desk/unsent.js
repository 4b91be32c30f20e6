// Keeps what an editor has typed and the desk has not got yet, in this browser, and offers it back.
//
// Wagtail saves drafts by itself, tries again a few times when the network fails, and then stops. What was typed
// since is here: written down at most a second after it was typed, for one user and one form, and taken away only
// when the desk has said that it has exactly this text. “Bring back” sends the fields to the form's own address,
// where the desk shows the form with them and saves nothing (newsroom/viewsets/unsent.py).
(() => {
  const here = document.currentScript.dataset;
  const words = JSON.parse(here.words);
  const FORMS = here.forms.split(" ");
  const PREFIX = "tajuk-unsent:";
  const BRINGING = "tajuk-unsent-bringing"; // in this tab: the page being loaded shows this entry
  const SENT_COOKIE = "desk_sent"; // the desk has saved these: id.version, separated by +
  const USER_COOKIE = "desk_user";
  const LOOK_EVERY = 500; // rich text itself is a quarter of a second behind the keys
  const ASK_EVERY = 5000;
  const LONGEST_WAIT_FOR_FORM = 3500;

  const cookie = (name) =>
    document.cookie
      .split("; ")
      .find((pair) => pair.startsWith(`${name}=`))
      ?.slice(name.length + 1);

  // ---- the shelf: one entry a form ---------------------------------------------------------------------------
  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // written by something else
    }
  };
  const keyOf = (entry) => PREFIX + entry.id;
  const shelf = (user) =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map(read)
      .filter((entry) => entry?.user === user)
      .sort((one, other) => other.at.localeCompare(one.at));
  const drop = (entry) => localStorage.removeItem(keyOf(entry));

  const dropWhatWasSaved = () => {
    const said = cookie(SENT_COOKIE);
    if (!said) return;
    for (const each of said.split("+")) {
      const [id, version] = each.split(".");
      const entry = read(PREFIX + id);
      if (entry && String(entry.version) === version) drop(entry);
    }
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser editors use
    document.cookie = `${SENT_COOKIE}=; path=/desk/; max-age=0; samesite=lax`;
  };

  // ---- what stands in a form -----------------------------------------------------------------------------------
  const NOT_TEXT = /^(csrfmiddlewaretoken|next|loaded_revision_|overwrite_revision_id|unsent)/;
  const fieldsOf = (data) =>
    [...data.entries()].filter(([name, value]) => typeof value === "string" && !NOT_TEXT.test(name));

  // The same words in two states of the same form: ids are given by the desk, and rich text has keys of its own.
  const plain = (name, value) => {
    if (!value.startsWith('{"')) return [name, value];
    try {
      const content = JSON.parse(value);
      if (!Array.isArray(content.blocks)) return [name, value];
      const entities = Object.values(content.entityMap ?? {}).map((each) => [each.type, each.data]);
      const blocks = content.blocks.map((block) => [
        block.text,
        block.type,
        (block.inlineStyleRanges ?? []).length,
        (block.entityRanges ?? []).length,
      ]);
      return [name, JSON.stringify([blocks, entities])];
    } catch {
      return [name, value];
    }
  };
  const sameAs = (fields) =>
    JSON.stringify(
      fields
        .filter(([name]) => !/-(id|INITIAL_FORMS|TOTAL_FORMS)$/.test(name))
        .map(([name, value]) => plain(name, value)),
    );

  const textOf = (fields) =>
    fields
      .filter(([name]) => !/-(id|type|order|deleted|count|ORDER|DELETE|\w+_FORMS)$/.test(name))
      .map(([, value]) => {
        if (!value.startsWith('{"')) return /\s|\D{4}/.test(value) ? value : "";
        try {
          return JSON.parse(value)
            .blocks.map((block) => block.text)
            .join("\n");
        } catch {
          return "";
        }
      })
      .filter(Boolean)
      .join("\n\n");

  // ---- what is said --------------------------------------------------------------------------------------------
  const element = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };
  const button = (label, act, secondary = false) => {
    const made = element("button", `button button-small${secondary ? " button-secondary" : ""}`, label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const notice = (kind, ...inside) => {
    const made = element("div", `help-block help-${kind} newsroom-unsent`, element("div", "", ...inside));
    made.setAttribute("role", kind === "critical" ? "alert" : "status");
    return made;
  };
  const moment = (iso) =>
    new Date(iso).toLocaleString(document.documentElement.lang || undefined, {
      dateStyle: "full",
      timeStyle: "short",
    });
  const say = (text, facts) => text.replace(/%\((\w+)\)s/g, (_, name) => facts[name] ?? "");

  dropWhatWasSaved();
  const user = cookie(USER_COOKIE);
  if (!user) return;

  // ---- on every other page: where something waits ---------------------------------------------------------------
  const form = document.getElementById("w-editor-form");
  const isOurs = form && FORMS.some((path) => new URL(form.action).pathname.startsWith(path));
  if (!isOurs) {
    const waiting = form ? [] : shelf(user);
    const main = document.getElementById("main");
    if (!waiting.length || !main) return;
    const list = element("ul", "newsroom-unsent__list");
    for (const entry of waiting) {
      const link = element("a", "", entry.title || words.untitled);
      link.href = entry.path;
      list.append(element("li", "", link, ` — ${moment(entry.at)}`));
    }
    main.prepend(notice("warning", element("p", "", element("strong", "", words.waiting)), list));
    return;
  }

  // ---- in a form ---------------------------------------------------------------------------------------------------
  const continued = sessionStorage.getItem(BRINGING);
  sessionStorage.removeItem(BRINGING);
  const isForced = form.dataset.wUnsavedForceValue === "true";
  const broughtBack = isForced && continued ? read(PREFIX + continued) : null;
  if (isForced) history.replaceState(history.state, "", location.href); // reloading asks for the page, not again for the form

  let entryId = broughtBack?.id ?? crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  entryId = entryId.replaceAll(".", "-");
  let version = broughtBack?.version ?? 0;
  let clean = null; // what the desk has, spelled by sameAs; null: nothing of what stands here
  let seen = "";
  let isReady = isForced;
  let hasTyped = false;
  let beingSent = null;
  let isFull = false;
  let revision = broughtBack?.revision ?? form.elements.namedItem("loaded_revision_id")?.value ?? "";

  const titleOf = () =>
    (form.elements.namedItem("headline") ?? form.elements.namedItem("name"))?.value ||
    document.getElementById("header-title")?.textContent.trim() ||
    "";

  const keep = (fields) => {
    version += 1;
    const entry = {
      id: entryId,
      user,
      version,
      path: new URL(form.action).pathname,
      at: new Date().toISOString(),
      title: titleOf(),
      revision,
      fields,
    };
    try {
      localStorage.setItem(keyOf(entry), JSON.stringify(entry));
      isFull = false;
    } catch {
      if (!isFull) form.before(notice("critical", element("p", "", words.full)));
      isFull = true;
    }
  };

  const look = () => {
    if (!isReady && !hasTyped) return;
    const fields = fieldsOf(new FormData(form));
    const now = sameAs(fields);
    if (now === seen) return;
    seen = now;
    if (now === clean) drop({ id: entryId });
    else keep(fields);
    if (broughtBack && now !== clean) saveDraft();
  };

  // Wagtail looks for no changes in a form that was shown again, so it is told.
  const saveDraft = () =>
    form.dispatchEvent(
      new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: false, detail: { type: "edits" } }),
    );

  // ---- what was kept before this page was opened ---------------------------------------------------------------------
  const bringBack = (entry) => {
    const sending = element("form", "");
    sending.method = "post";
    sending.action = form.action;
    sending.hidden = true;
    const token = form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "";
    for (const [name, value] of [...entry.fields, ["csrfmiddlewaretoken", token], ["unsent-bring-back", entry.id]]) {
      const field = element("textarea", "", value); // an input would lose line breaks
      field.name = name;
      sending.append(field);
    }
    document.body.append(sending);
    sessionStorage.setItem(BRINGING, entry.id);
    form.dispatchEvent(new CustomEvent("tajuk-unsent:leave"));
    sending.submit();
  };

  const offer = (entry) => {
    const facts = { moment: moment(entry.at), title: entry.title };
    const isElsewhere = entry.revision && revision && entry.revision !== revision;
    const reading = element("details", "newsroom-unsent__text", element("summary", "", words.show), element("pre", "", textOf(entry.fields)));
    const made = notice(
      "warning",
      element("p", "", element("strong", "", say(words.offer, facts))),
      ...(isElsewhere ? [element("p", "", words.elsewhere)] : []),
      reading,
      element(
        "p",
        "newsroom-unsent__buttons",
        button(words.bring, () => bringBack(entry)),
        button(words.away, () => putAway(entry, made), true),
      ),
    );
    form.before(made);
  };

  const putAway = (entry, made) => {
    drop(entry);
    const undo = button(
      words.undo,
      () => {
        localStorage.setItem(keyOf(entry), JSON.stringify(entry));
        gone.remove();
        offer(entry);
      },
      true,
    );
    const gone = notice("info", element("p", "", words.gone, " ", undo));
    made.replaceWith(gone);
  };

  const begin = () => {
    if (isReady) return;
    isReady = true;
    const fields = fieldsOf(new FormData(form));
    const now = sameAs(fields);
    // Whoever typed before the form had settled: the desk does not have it, and Wagtail does not know it.
    clean = hasTyped ? null : now;
    seen = hasTyped ? "" : now;
    const path = new URL(form.action).pathname;
    for (const entry of shelf(user)) {
      if (entry.path !== path || entry.id === entryId) continue;
      if (sameAs(entry.fields) === now) drop(entry);
      else offer(entry);
    }
  };

  // ---- connection and sign-in ------------------------------------------------------------------------------------------
  let lost = null;
  let asking = null;

  const found = (token) => {
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
    clearInterval(asking);
    lost?.remove();
    lost = asking = null;
    saveDraft();
  };

  const tell = (text, link) => {
    const inside = [element("p", "", element("strong", "", words.kept)), element("p", "", text)];
    if (link) {
      const way = element("a", "button button-small", words.signIn);
      way.href = here.login;
      way.target = "_blank";
      way.rel = "noopener";
      inside.push(element("p", "newsroom-unsent__buttons", way));
    }
    const made = notice("critical", ...inside);
    made.dataset.says = text;
    made.classList.add("newsroom-unsent--lost");
    if (lost?.dataset.says === text) return;
    if (lost) lost.replaceWith(made);
    else form.before(made);
    lost = made;
  };

  const ask = async () => {
    look();
    let answer;
    try {
      answer = await fetch(here.standing, {
        headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
        redirect: "manual",
        cache: "no-store",
      });
    } catch {
      tell(words.offline);
      return;
    }
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) tell(words.signedOut, true);
    else if (!answer.ok) tell(words.offline);
    else {
      const { user: now, token } = await answer.json();
      if (String(now) === user) found(token);
      else tell(words.somebodyElse);
    }
  };

  const isLost = () => {
    if (asking) return;
    asking = setInterval(ask, ASK_EVERY);
    ask();
  };

  // ---- when ------------------------------------------------------------------------------------------------------------
  form.addEventListener("w-unsaved:watch-edits", begin);
  setTimeout(begin, LONGEST_WAIT_FOR_FORM);
  for (const event of ["keydown", "paste", "drop", "cut"]) {
    form.addEventListener(event, () => { hasTyped = true; }, { capture: true, once: true });
  }
  const timer = setInterval(look, LOOK_EVERY);
  form.addEventListener("tajuk-unsent:leave", () => clearInterval(timer));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", look);
  window.addEventListener("beforeunload", look);
  window.addEventListener("offline", isLost);

  document.addEventListener("w-autosave:save", (event) => {
    if (event.target === form) beingSent = sameAs(fieldsOf(event.detail.formData));
  });
  document.addEventListener("w-autosave:success", (event) => {
    if (event.target !== form) return;
    clean = beingSent;
    revision = String(event.detail.response?.revision_id ?? revision);
    if (sameAs(fieldsOf(new FormData(form))) === clean) drop({ id: entryId });
    if (asking) ask();
  });
  document.addEventListener("w-autosave:error", (event) => {
    if (event.target !== form) return;
    look();
    if (["network_error", "server_error"].includes(event.detail.type)) isLost();
  });

  form.addEventListener(
    "submit",
    (event) => {
      look();
      if (lost) {
        // It would end on an error page or at the sign-in page: stay until there is somebody to send it to.
        event.preventDefault();
        event.stopImmediatePropagation();
        lost.scrollIntoView({ block: "center" });
        ask();
        return;
      }
      let sent = form.elements.namedItem("unsent");
      if (!sent) {
        sent = element("input", "");
        sent.type = "hidden";
        sent.name = "unsent";
        form.append(sent);
      }
      sent.value = `${entryId}.${version}`;
      sessionStorage.setItem(BRINGING, entryId); // if the desk shows the form again because of an error
    },
    { capture: true },
  );
})();
