// Asks before a half-filled form is left behind.
"use strict";
{
  let typed = false;
  for (const form of document.querySelectorAll("form[data-typed]")) {
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    // What came back with faults was typed before.
    if (document.querySelector(".summary, .repeats")) typed = true;
  }
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
