"use strict";
// Draws a finding's whole equation over the table and leads back and forth.
// Everything here is an addition: without it the links still lead to their ends.
(() => {
  document.documentElement.classList.add("js");
  // As they are numbered, report by report: as they stand on the page.
  const notes = [...document.querySelectorAll(".sheet")].flatMap((sheet) =>
    [...sheet.querySelectorAll(".finding")].sort((a, b) => a.dataset.number - b.dataset.number));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let current = null;

  const clear = () => {
    for (const shown of document.querySelectorAll(".on")) {
      shown.classList.remove("on");
      shown.removeAttribute("data-sign");
    }
    current = null;
  };

  const ends = (note) =>
    (note.dataset.marks || "").split(" ").filter(Boolean)
      .map((id) => document.getElementById(id)).filter(Boolean);

  const show = (node) =>
    node.scrollIntoView({ block: "center", inline: "center", behavior: still ? "auto" : "smooth" });

  const draw = (note) => {
    clear();
    current = note;
    note.classList.add("on");
    const signs = (note.dataset.signs || "").split("|");
    ends(note).forEach((cell, order) => {
      cell.classList.add("on");
      if (signs[order]) cell.dataset.sign = signs[order];
    });
  };

  const focus = (node) => {
    const goal = node.matches("a, .finding") ? node : node.querySelector("a.mark") || node;
    if (!goal.hasAttribute("tabindex") && !goal.matches("a")) goal.tabIndex = -1;
    goal.focus({ preventScroll: true });
  };

  // From a finding to its cells.
  const open = (note) => {
    draw(note);
    const [first] = ends(note);
    if (!first) return false;
    history.replaceState(null, "", `#${first.id}`);
    show(first);
    focus(first);
    return true;
  };

  // From a cell to its finding; a second visit leads to the next one.
  const back = (mark) => {
    const names = mark.dataset.notes.split(" ");
    const at = current ? names.indexOf(current.id) : -1;
    const again = at >= 0 && names.length > 1 && mark.dataset.seen === current.id;
    const name = again ? names[(at + 1) % names.length] : at >= 0 ? names[at] : names[0];
    const note = document.getElementById(name);
    draw(note);
    mark.dataset.seen = name;
    history.replaceState(null, "", `#${name}`);
    show(note);
    focus(note);
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const go = event.target.closest("a.go");
    const mark = event.target.closest("a.mark");
    if (go && open(go.closest(".finding"))) event.preventDefault();
    if (mark) {
      event.preventDefault();
      back(mark);
    }
  });

  const step = (by) => {
    if (!notes.length) return;
    const at = notes.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : notes.length - 1) : at + by;
    if (next < 0 || next >= notes.length) return;
    draw(notes[next]);
    history.replaceState(null, "", `#${notes[next].id}`);
    show(ends(notes[next])[0] || notes[next]);
    focus(notes[next]);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select")) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") clear();
  });

  const arrive = () => {
    const note = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (note && note.matches(".finding")) draw(note);
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
