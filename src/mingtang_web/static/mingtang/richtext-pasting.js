// What is pasted into the editor, cleared of what Word, WPS and old pages leave in it.
const SYMBOLS = /symbol|wingdings/i;
const HIDDEN = /display\s*:\s*none|mso-hide\s*:\s*all/i;
const LOOKS = [
  ["b", /font-weight\s*:\s*(?:bold|[6-9]00)/i, /bidi-font-weight\s*:/gi],
  ["i", /font-style\s*:\s*(?:italic|oblique)/i, /bidi-font-style\s*:/gi],
  ["u", /text-decoration[\w-]*\s*:[^;]*underline/i],
  ["s", /text-decoration[\w-]*\s*:[^;]*line-through/i],
  ["sup", /vertical-align\s*:\s*super/i],
  ["sub", /vertical-align\s*:\s*sub\b/i],
];
const ALIGNED = /(?:^|;)\s*text-align\s*:\s*(left|center|right)/i;
const INDENTED = /(?:^|;)\s*(?:text-indent|mso-char-indent-count)\s*:\s*(?!0(?:\.0*)?(?![\d.]))\d/i;
const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, li, td, th, table, tr";

// Styles are read as words and never applied: the site's policy lets no page set them.
const unstyled = (html) => html
  .replace(/<style[\s\S]*?<\/style\s*>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
const looks = (element, style) => {
  if (element.matches(BLOCKS)) {
    const side = style.match(ALIGNED)?.[1].toLowerCase();
    if (side) element.classList.add(`align-${side}`);
    if (INDENTED.test(style)) element.classList.add("indent");
    return;
  }
  for (const [tag, pattern, other] of LOOKS) {
    if (!pattern.test(other ? style.replace(other, "") : style)) continue;
    const made = element.ownerDocument.createElement(tag);
    made.append(...element.childNodes);
    element.append(made);
  }
};

export const pasted = (html, tell) => {
  const page = new DOMParser().parseFromString(unstyled(html), "text/html");
  for (const each of page.querySelectorAll("script, title, [hidden]")) each.remove();
  for (const each of page.querySelectorAll("[data-style]")) {
    const style = each.dataset.style;
    const around = `${style};${each.parentElement.dataset.style ?? ""}`;
    if (HIDDEN.test(style)) each.remove();
    else if (/mso-list\s*:\s*ignore/i.test(style)) {
      const mark = each.textContent.replaceAll("\u00a0", " ").trim();
      each.textContent = SYMBOLS.test(around) ? "• " : `${mark} `;
    } else looks(each, style);
  }
  for (const each of page.querySelectorAll("[data-style]")) each.removeAttribute("data-style");
  if (page.querySelector("img, v\\:imagedata")) tell();
  const above = page.querySelector("h1") ? 1 : 0;
  for (const each of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const made = page.createElement(`h${Math.min(4, Math.max(2, Number(each.localName[1]) + above))}`);
    made.append(...each.childNodes);
    made.className = each.className;
    made.setAttribute("align", each.getAttribute("align") ?? "");
    each.replaceWith(made);
  }
  for (const each of page.querySelectorAll("p")) {
    const start = each.textContent.match(/^[\u00a0\u3000 ]*/)[0];
    if (each.textContent.trim() === "" && !each.closest("td, th")) each.remove();
    else if (/\u3000|\u00a0{2}/.test(start)) {
      each.classList.add("indent");
      strip(each, start.length);
    }
  }
  return page.body.innerHTML;
};
const strip = (element, length) => {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let left = length; left > 0 && texts.nextNode();) {
    const node = texts.currentNode;
    const cut = Math.min(left, node.length);
    node.deleteData(0, cut);
    left -= cut;
  }
};
