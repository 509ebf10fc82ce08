// Checks a report's words while they are written, and leads from a finding to its words.
// Without it the button 检查 does the same.
"use strict";
{
  const room = document.querySelector("[data-check]");
  const form = room.querySelector("form");
  const panel = document.getElementById("findings");
  let waiting, asked = 0, at = -1;

  const check = async () => {
    const turn = ++asked;
    let answer;
    try {
      answer = await fetch(room.dataset.check, { method: "POST", body: new FormData(form) });
    } catch {
      return; // The line is down: what stands there stays, the button is still there.
    }
    const words = answer.ok ? await answer.text() : "";
    if (turn !== asked || !words) return; // Somebody went on typing.
    panel.innerHTML = words;
    at = -1;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, 600);
  });

  const lead = (finding) => {
    const field = document.getElementById(`section-${finding.dataset.section}`);
    if (!field) return false;
    field.focus();
    const start = finding.dataset.quote ? field.value.indexOf(finding.dataset.quote) : -1;
    if (start >= 0) field.setSelectionRange(start, start + finding.dataset.quote.length);
    field.scrollIntoView({ block: "center" });
    return true;
  };
  // A finding of no words, of a cell, leads to the paper as any link does.
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='#section-']");
    if (link && lead(link.closest(".finding"))) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "n" && event.key !== "p") return;
    const all = [...panel.querySelectorAll(".finding")];
    if (!all.length) return;
    at = (at + (event.key === "n" ? 1 : -1) + all.length) % all.length;
    for (const each of all) each.removeAttribute("aria-current");
    all[at].setAttribute("aria-current", "true");
    all[at].focus();
    all[at].scrollIntoView({ block: "nearest" });
  });
  document.querySelector(".keys-told").hidden = false;
}
