// Keeps on the server what is typed and not sent, and puts it back when asked.
// Without this script the page works as it is; nothing is stored in the browser.
"use strict";
{
  const here = document.getElementById("unsent");
  const main = document.getElementById("main");
  // Going back to a page that answered a form asks for it anew, not for the form again.
  if (here.dataset.posted !== undefined) history.replaceState(null, "", location.href);
  const kinds = "textarea, select, input:not([type=hidden]):not([type=password]):not([type=file]):not([type=submit])";
  const fields = () => [...main.querySelectorAll(kinds)].filter((field) => field.name && field.form?.getAttribute("method") === "post");
  const formOf = (field) => field.form.getAttribute("action") || "";
  const ticked = (field) => field.type === "checkbox" || field.type === "radio";
  let waiting = 0;
  let dirty = false;

  const typed = () => fields().flatMap((field) => {
    if (ticked(field)) return field.checked ? [[formOf(field), field.name, field.value]] : [];
    if (field.multiple && field.options) {
      return [...field.selectedOptions].map((option) => [formOf(field), field.name, option.value]);
    }
    return [[formOf(field), field.name, field.value]];
  });

  const save = async () => {
    clearTimeout(waiting);
    dirty = false;
    const token = main.querySelector("[name=csrfmiddlewaretoken]")?.value;
    try {
      const answer = await fetch(here.dataset.save, {
        method: "POST",
        redirect: "error",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ place: here.dataset.place, typed: typed() }),
      });
      if (answer.status === 429) later(20000);
    } catch {
      dirty = true; // The line or the session is gone; the next stroke tries again.
    }
  };
  const later = (pause) => {
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  };

  const restore = async () => {
    const answer = await fetch(here.dataset.take).catch(() => null);
    if (!answer?.ok) {
      here.querySelector("[data-failed]").hidden = false;
      return;
    }
    const found = (await answer.json()).typed;
    for (const field of fields()) {
      const own = found.filter(([form, name]) => form === formOf(field) && name === field.name).map((each) => each[2]);
      if (ticked(field)) field.checked = own.includes(field.value);
      else if (field.multiple && field.options) {
        for (const option of field.options) option.selected = own.includes(option.value);
      } else if (own.length) [field.value] = own;
      else continue;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    here.querySelector("section").hidden = true;
    fields()[0]?.focus();
    dirty = false;
  };

  main.addEventListener("input", (event) => { if (fields().includes(event.target)) later(1500); });
  // Whether the session is still the one that opened the page; its token may have changed.
  const lost = async () => {
    const answer = await fetch(here.dataset.still, { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect") return true;
    if (!answer?.ok) return false; // The line fails: the browser tells that best itself.
    const { token, who } = await answer.json();
    if (who !== here.dataset.who) return true;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return false;
  };

  // A lost session takes nothing with it: the form stays, and is sent after signing in.
  // Otherwise what is typed is kept first; then it is sent.
  let going = false;
  main.addEventListener("submit", (event) => {
    if (going || event.defaultPrevented || event.target.getAttribute("method") !== "post") return;
    event.preventDefault();
    const form = event.target;
    const button = event.submitter;
    const patience = new Promise((done) => { setTimeout(done, 3000); });
    Promise.race([lost(), patience]).then(async (gone) => {
      const notice = here.querySelector("[data-lost]");
      notice.hidden = !gone;
      if (gone) {
        form.dispatchEvent(new Event("input", { bubbles: true }));
        notice.scrollIntoView({ block: "center" });
        notice.querySelector("a").focus();
        return;
      }
      if (dirty) await Promise.race([save(), patience]);
      dirty = false;
      clearTimeout(waiting);
      going = true;
      form.requestSubmit(button);
      going = false;
    });
  });
  const button = here.querySelector("[data-restore]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", restore);
  }
}
