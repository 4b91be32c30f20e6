// Begins what Wagtail begins with inline scripts, which the desk's security policy does not run.
// The data stands in <desk-begin data-begin="…"> (see site/inline_scripts.py).
(() => {
  // Not any global: markup that slipped into a page must not be able to name what runs.
  const MAY_BEGIN =
    /^(InlinePanel|MultipleChooserPanel|init(Date|Time|DateTime)Chooser|createTaskChooser|[A-Z]\w*Chooser)$/;
  const waiting = [];

  const begin = (name, id, options) => {
    const beginner = MAY_BEGIN.test(name) ? window[name] : undefined;
    if (typeof beginner !== "function") {
      console.error(`Nothing on this page begins ${name}.`);
      return;
    }
    const given = id ? [id, options] : [options];
    if (/^[A-Z]/.test(name)) new beginner(...given);
    else beginner(...given);
  };

  // An element of our own, because the browser tells it at once that it is on the page, as it would have run an
  // inline script: whoever adds a row may ask for the row's chooser in the next statement.
  class DeskBegin extends HTMLElement {
    #begun = false;

    connectedCallback() {
      if (document.readyState === "loading") waiting.push(this);
      else this.begin();
    }

    begin() {
      if (this.#begun) return; // a row that is moved is not begun again
      this.#begun = true;
      const { begin: name, beginId: id } = this.dataset;
      begin(name, id, JSON.parse(JSON.parse(this.textContent)));
    }
  }
  customElements.define("desk-begin", DeskBegin);

  // When the page has been read, but before anything waits for DOMContentLoaded, as inline scripts would have.
  document.addEventListener(
    "readystatechange",
    () => {
      for (const element of waiting) element.begin();
    },
    { once: true },
  );
})();
