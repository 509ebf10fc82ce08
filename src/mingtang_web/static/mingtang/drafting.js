// Keeps in this tab what is typed on a page and not sent, and offers it again after a
// reload. Nothing leaves the browser; closing the tab, or sending the form, forgets it.
"use strict";
{
  const PREFIX = "draft:";
  const forget = () => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  };
  const kinds = "textarea, select, input:not([type=hidden]):not([type=password]):not([type=file])";
  const here = PREFIX + location.pathname;
  for (const form of document.querySelectorAll("form[data-drafts]")) {
    const fields = [...form.querySelectorAll(kinds)];
    const ticked = (field) => field.type === "radio" || field.type === "checkbox";
    const answered = document.querySelector(".summary") !== null;
    if (answered) sessionStorage.removeItem(here); // What came back from the site is newer.
    let kept = [];
    try { kept = JSON.parse(sessionStorage.getItem(here) ?? "[]"); } catch { sessionStorage.removeItem(here); }
    for (const [name, value, checked] of kept) {
      for (const field of fields.filter((each) => each.name === name)) {
        if (ticked(field)) { if (field.value === value) field.checked = checked; }
        else field.value = value;
        field.dispatchEvent(new Event("input"));
      }
    }
    form.addEventListener("input", () => {
      const typed = fields.map((field) => [field.name, field.value, field.checked]);
      sessionStorage.setItem(here, JSON.stringify(typed));
    });
    form.addEventListener("submit", () => sessionStorage.removeItem(here));
  }
  for (const form of document.querySelectorAll("form[data-clears]")) form.addEventListener("submit", forget);
  if (document.querySelector("[data-sent]")) forget();
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
