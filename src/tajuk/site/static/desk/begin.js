// Begins what Wagtail begins with inline scripts, which the desk's security policy does not run.
// The data stands in <script type="application/json" data-begin="…"> (see site/inline_scripts.py).
(() => {
  // Not any global: markup that slipped into a page must not be able to name what runs.
  const MAY_BEGIN =
    /^(InlinePanel|MultipleChooserPanel|init(Date|Time|DateTime)Chooser|createTaskChooser|[A-Z]\w*Chooser)$/;
  const SELECTOR = "script[data-begin]";
  const begun = new WeakSet(); // a row that is moved is not begun again

  const begin = (element) => {
    if (begun.has(element)) return;
    begun.add(element);
    const { begin: name, beginId: id } = element.dataset;
    const beginner = MAY_BEGIN.test(name) ? window[name] : undefined;
    if (typeof beginner !== "function") {
      console.error(`Nothing on this page begins ${name}.`);
      return;
    }
    const options = JSON.parse(JSON.parse(element.textContent));
    const given = id ? [id, options] : [options];
    if (/^[A-Z]/.test(name)) new beginner(...given);
    else beginner(...given);
  };

  const beginAllIn = (root) => {
    if (root.matches?.(SELECTOR)) begin(root);
    else root.querySelectorAll?.(SELECTOR).forEach(begin);
  };

  const start = () => {
    beginAllIn(document);
    new MutationObserver((changes) => {
      for (const change of changes) change.addedNodes.forEach(beginAllIn);
    }).observe(document, { childList: true, subtree: true });
  };

  // When the page has been read, but before anything waits for DOMContentLoaded, as inline scripts would have.
  if (document.readyState === "loading") {
    document.addEventListener("readystatechange", start, { once: true });
  } else {
    start();
  }
})();
