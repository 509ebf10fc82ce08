// Asks before a half-filled form is left behind, one that the way back brought again too.
"use strict";
{
  const forms = [...document.querySelectorAll("form[data-typed]")];
  // What came back with faults was typed before.
  let typed = forms.length > 0 && document.querySelector(".summary, .repeats") !== null;
  let sent = false;
  for (const form of forms) {
    form.addEventListener("input", () => { typed = true; sent = false; });
    form.addEventListener("submit", () => { sent = true; });
  }
  const differs = (field) => field.localName === "textarea" && field.value !== field.defaultValue;
  const changed = () => typed || forms.some((form) => [...form.elements].some(differs));
  window.addEventListener("beforeunload", (event) => {
    if (!sent && changed()) event.preventDefault();
  });
}
