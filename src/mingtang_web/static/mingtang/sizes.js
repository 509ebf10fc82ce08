// Says before anything is sent that files or words are more than the site takes.
"use strict";
{
  const main = document.getElementById("main");
  const most = Number(main.dataset.largest);
  const mega = (bytes) => Math.ceil(bytes / 1024 / 1024);
  const files = (form) => [...form.querySelectorAll("input[type=file]")];

  const told = (form) => {
    const inputs = files(form);
    const size = inputs.flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
    form.querySelector("[data-size]")?.remove();
    if (size <= most) return false;
    const note = document.createElement("p");
    note.className = "error-text";
    note.dataset.size = "";
    note.setAttribute("role", "alert");
    note.textContent = main.dataset.tooLarge.replace("{n}", mega(size)).replace("{most}", mega(most));
    inputs.filter((input) => input.files.length).at(-1).after(note);
    return true;
  };

  // Words count as they are sent: three bytes a character in a form with files, else nine.
  const words = Number(main.dataset.largestForm);
  const bytes = (text) => new TextEncoder().encode(text).length;
  const weight = (form) => {
    const said = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    if (form.enctype === "multipart/form-data") return said.reduce((sum, [name, value]) => sum + bytes(name) + bytes(value) + 2, 0);
    return new URLSearchParams(said).toString().length;
  };
  const wordy = (form) => {
    form.querySelector("[data-weight]")?.remove();
    const size = form.method === "post" ? weight(form) : 0;
    if (size <= words) return false;
    const note = document.createElement("p");
    note.className = "told error";
    note.dataset.weight = "";
    note.tabIndex = -1;
    note.setAttribute("role", "alert");
    const tenth = (number) => (Math.ceil(number / 1024 / 1024 * 10) / 10).toString();
    note.textContent = main.dataset.formTooLarge.replace("{n}", tenth(size)).replace("{most}", tenth(words));
    form.prepend(note);
    note.focus();
    return true;
  };

  main.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.form) told(event.target.form);
  });
  document.addEventListener("submit", (event) => {
    if (!main.contains(event.target) || !wordy(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !files(event.target).length || !told(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    files(event.target).find((input) => input.files.length).focus();
  }, true);
}
