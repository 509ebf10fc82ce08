// Titles of what is public, offered while words are typed. Without this script the
// search works the same.
const PAUSE = 200;
for (const box of document.querySelectorAll("[data-suggest]")) {
  const list = document.getElementById(box.getAttribute("list"));
  let waiting = 0;
  let asked = "";
  const offer = async () => {
    const typed = box.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (!typed) { list.replaceChildren(); return; }
    const address = `${box.dataset.suggest}?q=${encodeURIComponent(typed)}`;
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || typed !== asked) return;
    const { titles } = await answer.json();
    list.replaceChildren(...titles.map((title) => {
      const option = document.createElement("option");
      option.value = title;
      return option;
    }));
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, PAUSE);
  });
}
