// Says before anything is sent that the chosen files are more than the site takes.
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

  main.addEventListener("change", (event) => {
    if (event.target.type === "file" && event.target.form) told(event.target.form);
  });
  document.addEventListener("submit", (event) => {
    if (!files(event.target).length || !told(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    files(event.target).find((input) => input.files.length).focus();
  }, true);
}
