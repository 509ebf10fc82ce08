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
  let asked = 0;
  // Browsers let a page that is left send so many bytes, and a little more.
  const LEAVING = 60000;
  const AGAIN = 60000;

  const typed = () => fields().flatMap((field) => {
    if (ticked(field)) return field.checked ? [[formOf(field), field.name, field.value]] : [];
    if (field.multiple && field.options) {
      return [...field.selectedOptions].map((option) => [formOf(field), field.name, option.value]);
    }
    return [[formOf(field), field.name, field.value]];
  });

  // Why what is typed is not kept: "lost", "large", "line"; empty where it is.
  let unkept = "";
  const say = (why) => {
    unkept = why;
    for (const told of here.querySelectorAll("[data-unkept]")) told.hidden = told.dataset.unkept !== why;
  };
  const said = () => JSON.stringify({ place: here.dataset.place, typed: typed() });
  const sent = (body, keepalive) => fetch(here.dataset.save, {
    method: "POST",
    redirect: "manual",
    keepalive,
    headers: { "Content-Type": "application/json", "X-CSRFToken": main.querySelector("[name=csrfmiddlewaretoken]")?.value },
    body,
  });

  const save = async () => {
    clearTimeout(waiting);
    // Nothing is sent while somebody signs in elsewhere: its answer would spoil their form.
    if (unkept === "lost" && await lost()) return;
    dirty = false;
    let answer = null;
    try {
      answer = await sent(said(), false);
      // The form's token may be that of a session before.
      if (answer.status === 403 && !await lost()) answer = await sent(said(), false);
    } catch {
      answer = null;
    }
    if (answer?.status === 204) {
      say("");
      return;
    }
    dirty = true;
    if (answer === null) say("line");
    else if (answer.status === 413) say("large");
    else if (answer.status !== 429) say("lost");
    if (answer === null || answer.status === 429) later(20000);
  };
  const later = (pause) => {
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  };
  // Whoever leaves at once takes along what is small; true where it was sent.
  const takenAlong = () => {
    const body = said();
    if (unkept !== "" || new TextEncoder().encode(body).length > LEAVING) return false;
    clearTimeout(waiting);
    dirty = false;
    sent(body, true).then((answer) => { if (answer.status !== 204) dirty = true; }, () => { dirty = true; });
    return true;
  };
  window.addEventListener("beforeunload", (event) => {
    if (dirty && !takenAlong()) event.preventDefault();
  });
  window.addEventListener("pagehide", () => { if (dirty) takenAlong(); });
  document.addEventListener("visibilitychange", () => {
    if (dirty && document.visibilityState === "hidden") takenAlong();
  });

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

  main.addEventListener("input", (event) => {
    if (!fields().includes(event.target)) return;
    later(1500);
    // Who types after the session ended learns it with the first stroke, not by the last.
    if (Date.now() - asked < AGAIN) return;
    asked = Date.now();
    lost().then((gone) => { if (gone) say("lost"); });
  });
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
        unkept = "lost";
        form.dispatchEvent(new Event("input", { bubbles: true }));
        notice.scrollIntoView({ block: "center" });
        notice.querySelector("a").focus();
        return;
      }
      if (dirty && unkept !== "large") await Promise.race([save(), patience]);
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
