// Shows how long a text is and may be, once it is long; the site refuses, nothing is cut.
"use strict";
for (const input of document.querySelectorAll("textarea[data-most], input[data-most]:not([type=hidden])")) {
  const most = Number(input.dataset.most);
  const note = document.createElement("p");
  note.className = "help count";
  note.setAttribute("role", "status");
  input.after(note);
  const count = () => {
    // As the site counts: characters, a line's end as two, the ends' blanks not at all.
    const length = [...input.value.trim().replace(/\r?\n/g, "\r\n")].length;
    note.textContent = length > most * 0.8 ? `${length} / ${most}` : "";
    note.classList.toggle("error-text", length > most);
  };
  input.addEventListener("input", count);
  count();
}
