// Names the cells of a table in a story's body for those who hear the form: the column's heading and the row's number.
(() => {
  const nameCells = (table) => {
    const headings = [...table.querySelectorAll("thead .column-heading")].map(
      (input, at) => input.value.trim() || `${input.placeholder} ${at + 1}`,
    );
    [...table.tBodies[0].rows].forEach((row, number) => {
      const cells = [...row.cells].filter((cell) => !cell.classList.contains("control-cell"));
      cells.forEach((cell, at) => {
        for (const field of cell.querySelectorAll("input:not([type=hidden]), textarea"))
          field.setAttribute("aria-label", `${headings[at]}, ${number + 1}`);
      });
    });
  };
  const nameAll = () => {
    for (const table of document.querySelectorAll(".typed-table-block table")) nameCells(table);
  };
  // Attributes are not watched, so naming does not wake it again.
  new MutationObserver(nameAll).observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("input", (event) => {
    const table = event.target.closest?.(".column-heading") && event.target.closest("table");
    if (table) nameCells(table);
  });
})();
