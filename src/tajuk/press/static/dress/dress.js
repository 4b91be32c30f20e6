/* What a page gains with JavaScript; everything is there without it. */
const language = document.documentElement.lang;

/* Relative times, only where they help: within half a day. What the page says stands in `title` meanwhile, and
   comes back when the page has been open for so long, and on paper. */
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
const tell = () => {
  const told = [];
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60000);
    if (minutes < 0 || minutes >= 720) {
      if (time.title) time.textContent = time.title;
      continue;
    }
    const text =
      minutes < 60 ? ago.format(-minutes, "minute") : ago.format(-Math.floor(minutes / 60), "hour");
    told.push([time, text, time.textContent, time.parentElement.offsetHeight]);
  }
  for (const [time, text, before] of told) {
    time.title ||= before;
    time.textContent = text;
  }
  /* Where it would break the line otherwise, the page would move under the reader: there the date stays. */
  const moved = told.filter(([time, , , height]) => time.parentElement.offsetHeight !== height);
  for (const [time] of moved) time.textContent = time.title;
};
tell();
setInterval(tell, 60000);
document.addEventListener("visibilitychange", tell);
addEventListener("pageshow", tell);
addEventListener("beforeprint", () => {
  for (const time of document.querySelectorAll("time[data-ago][title]"))
    time.textContent = time.title;
});
addEventListener("afterprint", tell);

/* Embeds: the other site learns of the reader at this click, not before. */
for (const embed of document.querySelectorAll(".embed[data-frame]")) {
  const button = embed.querySelector("[data-load]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = embed.dataset.frame;
    frame.title = embed.dataset.title;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-presentation allow-popups",
    );
    embed.replaceChildren(frame);
    embed.classList.add("open");
    frame.focus();
  });
}

/* Copy link. */
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const said = button.textContent;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = said), 2500);
  });
}

/* The menu closes with Escape and with a click elsewhere. */
const menu = document.querySelector(".menu");
if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

/* A gallery's pictures, as large as the screen. */
const drawn = (path) => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
};
const made = (name, label, path) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = name;
  button.setAttribute("aria-label", label);
  button.append(drawn(path));
  return button;
};
for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const figures = [...gallery.querySelectorAll("figure")];
  const words = gallery.dataset;
  const dialog = document.createElement("dialog");
  dialog.className = "box-light";
  const image = document.createElement("img");
  image.alt = "";
  const caption = document.createElement("p");
  caption.setAttribute("aria-live", "polite");
  const close = made("x", words.close, "M4 4 16 16M16 4 4 16");
  close.autofocus = true;
  const previous = made("p", words.previous, "M13 3 6 10l7 7");
  const next = made("n", words.next, "m7 3 7 7-7 7");
  dialog.append(image, caption, previous, next, close);
  let shown = 0;
  const show = (index) => {
    shown = (index + figures.length) % figures.length;
    const source = figures[shown].querySelector("img");
    const widest = figures[shown]
      .querySelector("source")
      ?.srcset.split(",")
      .at(-1)
      .trim()
      .split(" ")[0];
    image.src = widest || source.currentSrc || source.src;
    image.alt = source.alt;
    const text = figures[shown].querySelector("figcaption")?.textContent.trim() ?? "";
    caption.textContent = `${shown + 1}/${figures.length} ${text}`;
  };
  const zooms = figures.map((_, index) => {
    const zoom = made(
      "zoom",
      `${words.open} ${index + 1}`,
      "M12 3h5v5M8 17H3v-5M17 3l-6 6M3 17l6-6",
    );
    zoom.addEventListener("click", () => {
      show(index);
      dialog.showModal();
    });
    return zoom;
  });
  close.addEventListener("click", () => dialog.close());
  previous.addEventListener("click", () => show(shown - 1));
  next.addEventListener("click", () => show(shown + 1));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(shown - 1);
    if (event.key === "ArrowRight") show(shown + 1);
  });
  document.body.append(dialog);
  /* The buttons come with their sheet: none stands undressed under a picture, and moves what follows. */
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = words.sheet;
  sheet.addEventListener("load", () => {
    figures.forEach((figure, index) => {
      figure.append(zooms[index]);
    });
  });
  document.head.append(sheet);
}
