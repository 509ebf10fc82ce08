// Keys for the worklist. Everything they do can be done without them.
"use strict";
{
  const rows = [...document.querySelectorAll("[data-row]")];
  const help = document.getElementById("keys");
  const button = document.querySelector("[data-help]");
  const link = (row) => row.querySelector("th a");
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));

  const move = (step) => {
    if (!rows.length) return;
    const at = current();
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step;
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    link(row).focus();
    row.scrollIntoView({ block: "nearest" });
  };
  const pick = () => {
    const box = rows[current()]?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  };
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: pick,
    a: () => document.getElementById("what")?.focus(),
    "/": () => document.getElementById("find").focus(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  }
}
