// The checking bench with a script: files dropped, progress without reloading, one column on a phone.
"use strict";
{
  const form = document.querySelector("[data-bench]");
  if (form) {
    const most = Number(form.dataset.most);
    const note = form.querySelector("[data-note]");
    const size = (input) => {
      input.parentElement.querySelector("[data-size]")?.remove();
      const mega = input.files.length ? Math.ceil(input.files[0].size / 1024 / 1024) : 0;
      if (mega <= most) return true;
      const told = document.createElement("p");
      told.className = "error-text";
      told.dataset.size = "";
      told.setAttribute("role", "alert");
      told.textContent = form.dataset.tooLarge.replace("{n}", mega).replace("{most}", most);
      input.after(told);
      return false;
    };
    for (const place of form.querySelectorAll(".drop")) {
      const input = place.querySelector("input");
      input.addEventListener("change", () => size(input));
      for (const kind of ["dragover", "dragenter"])
        place.addEventListener(kind, (event) => {
          event.preventDefault();
          place.classList.add("over");
        });
      for (const kind of ["dragleave", "drop"])
        place.addEventListener(kind, () => place.classList.remove("over"));
      place.addEventListener("drop", (event) => {
        event.preventDefault();
        if (!event.dataTransfer.files.length) return;
        input.files = event.dataTransfer.files;
        size(input);
        input.focus();
      });
    }
    form.addEventListener("submit", (event) => {
      const wrong = [...form.querySelectorAll("input[type=file]")].find((input) => !size(input));
      if (wrong) {
        event.preventDefault();
        wrong.focus();
      } else note.textContent = form.dataset.sending;
    });
  }

  const moving = document.querySelector("[data-progress]");
  if (moving) {
    const words = moving.querySelector("[data-words]");
    const bar = moving.querySelector("progress");
    const look = async () => {
      try {
        const answer = await fetch(moving.dataset.progress, { headers: { Accept: "application/json" } });
        const state = answer.ok ? await answer.json() : { moving: false };
        if (!state.moving) return location.reload();
        if (words.textContent !== state.words) words.textContent = state.words;
        if (state.pages) {
          bar.max = state.pages;
          bar.value = state.page;
        } else bar.removeAttribute("value");
      } catch {
        // The site may be starting anew; what works for us works on.
      }
      setTimeout(look, 700);
    };
    setTimeout(look, 300);
  }

  const paper = document.querySelector(".checked");
  if (paper) {
    const choice = document.querySelector(".one-column");
    const ways = choice ? [...choice.querySelectorAll("a")] : [];
    // Beside its table, where it stays in sight for as long as the table does.
    const table = paper.querySelector(".requests");
    if (choice && table) table.before(choice);
    choice?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    const show = (column) => {
      paper.dataset.column = column;
      for (const way of ways)
        if (way.dataset.column === column) {
          way.setAttribute("aria-current", "true");
          way.scrollIntoView({ block: "nearest", inline: "center" });
        } else way.removeAttribute("aria-current");
    };
    for (const way of ways)
      way.addEventListener("click", (event) => {
        event.preventDefault();
        show(way.dataset.column);
      });
    // A finding over several columns is seen on the whole table, before its cells are looked for.
    const known = ways.map((way) => way.dataset.column);
    const columns = (ids) => new Set(
      ids.filter((id) => id.includes("-c-requests-")).map((id) => known.find((name) => id.endsWith(`-${name}`))));
    document.addEventListener("click", (event) => {
      const go = event.target.closest("a.go, a.term");
      if (!go) return;
      const ids = go.matches(".go") ? (go.closest(".finding").dataset.marks || "").split(" ")
        : [go.hash.slice(1)];
      const found = [...columns(ids)].filter(Boolean);
      if (found.length) show(found.length === 1 ? found[0] : "all");
      const cell = go.matches(".term") && document.getElementById(ids[0]);
      if (!cell) return;
      event.preventDefault();
      history.replaceState(null, "", go.hash);
      cell.scrollIntoView({ block: "center", inline: "center" });
    }, true);
  }
}
