// The editor of documents: a sheet in place of the box, which always holds what is typed.
// Without this script the box works as it is. The editor proper comes with its package.
import { Editor, pm } from "../django_prose_editor/editor.js";
import { pasted } from "./richtext-pasting.js";
import { read, sheet } from "./richtext-sheet.js";
import { ASKED, barred, deeds } from "./richtext-tools.js";

const PAUSE = 300;

class Desk {
  constructor(rich) {
    this.rich = rich;
    this.box = rich.querySelector("textarea");
    this.label = document.querySelector(`label[for="${this.box.id}"]`);
    this.told = rich.querySelector(".rich-told");
    this.own = rich.dataset.pictures;
    this.waiting = 0;
    this.editor = this.made();
    this.dressed();
    this.settled = barred(rich.querySelector(".rich-bar"), (name) => this.act(name));
    for (const name of ASKED) this.asked(name);
    this.listen();
    this.look();
  }

  made() {
    const place = document.createElement("div");
    place.className = "rich-desk";
    this.box.before(place);
    const refuse = () => this.tell(this.rich.dataset.refused);
    const pictured = (files) => [...(files ?? [])].some((file) => file.type.startsWith("image/"));
    return new Editor({
      element: place,
      injectCSS: false,
      content: read(this.box.value),
      parseOptions: { preserveWhitespace: false },
      extensions: sheet(this.own),
      editorProps: {
        attributes: this.attributes(),
        transformPastedHTML: (html) => pasted(html, refuse),
        handleDOMEvents: { paste: () => { this.tell(""); return false; } },
        handlePaste: (view, event) => {
          const data = event.clipboardData;
          if (!pictured(data?.files) || data.getData("text/html")) return false;
          refuse();
          return true;
        },
        handleDrop: (view, event) => {
          if (!event.dataTransfer?.files.length) return false;
          refuse();
          return true;
        },
        handleKeyDown: (view, event) => this.key(event),
      },
      onUpdate: () => this.later(),
      onTransaction: () => this.settled && this.look(),
      onBlur: () => this.put(),
    });
  }

  attributes() {
    const { box } = this;
    const found = { class: "rich-sheet rich-text", role: "textbox", "aria-multiline": "true", id: box.id, spellcheck: "false" };
    if (this.label) {
      this.label.id ||= `${box.id}_label`;
      found["aria-labelledby"] = this.label.id;
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (box.hasAttribute(name)) found[name] = box.getAttribute(name);
    }
    if (box.required) found["aria-required"] = "true";
    return found;
  }

  // The sheet takes the box's place, and its name for whoever links to it.
  dressed() {
    this.box.removeAttribute("id");
    this.box.required = false;
    this.box.hidden = true;
    this.rich.querySelector(".rich-plain").hidden = true;
    this.rich.querySelector(".rich-keys").hidden = false;
    this.rich.querySelector(".rich-tools").hidden = false;
    this.label?.addEventListener("click", () => this.editor.commands.focus());
  }

  listen() {
    this.box.addEventListener("change", () => {
      this.editor.commands.setContent(read(this.box.value), { emitUpdate: false, parseOptions: { preserveWhitespace: false } });
    });
    this.box.form?.addEventListener("submit", () => this.put(), { capture: true });
    // Before whatever keeps the box looks at it.
    for (const name of ["beforeunload", "pagehide"]) {
      window.addEventListener(name, () => this.put(), { capture: true });
    }
  }

  // The box holds what is on the sheet, a moment after it is typed and before it is sent.
  later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.put(), PAUSE);
    this.dirty = true;
  }

  put() {
    if (!this.dirty) return;
    clearTimeout(this.waiting);
    this.dirty = false;
    this.box.value = this.editor.isEmpty ? "" : this.editor.getHTML();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  tell(words) {
    this.told.textContent = words;
  }

  key(event) {
    const mod = event.ctrlKey || event.metaKey;
    if (mod && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") this.act("link");
    else if (mod && event.altKey && /^Digit[0234]$/.test(event.code)) this.act({ 0: "paragraph", 2: "h2", 3: "h3", 4: "h4" }[event.code[5]]);
    else if (event.altKey && event.key === "F10") this.rich.querySelector(".rich-bar button[tabindex='0']").focus();
    else return false;
    event.preventDefault();
    return true;
  }

  act(name) {
    this.tell("");
    if (ASKED.includes(name)) {
      this.ask(name);
      return;
    }
    this.apart();
    deeds[name][1](this.editor.chain().focus(), this.editor).run();
  }

  // What a tool does is undone by itself, however soon it follows something else.
  apart() {
    const { view } = this.editor;
    view.dispatch(pm.history.closeHistory(view.state.tr));
  }

  // What a link leads to and what a table is called is asked beneath the bar.
  asked(name) {
    const part = this.rich.querySelector(`[data-ask="${name}"]`);
    const input = part.querySelector("input");
    const done = (said) => {
      part.hidden = true;
      this.rich.querySelector(`[data-do="${name}"]`).setAttribute("aria-expanded", "false");
      if (said !== null) this.answer(name, said.trim());
      this.editor.commands.focus();
    };
    part.querySelector("[data-yes]").addEventListener("click", () => done(input.value));
    part.querySelector("[data-no]").addEventListener("click", () => done(""));
    part.addEventListener("keydown", (event) => {
      if (event.key === "Escape") done(null);
      else if (event.key === "Enter" && event.target === input) done(input.value);
      else return;
      event.preventDefault();
    });
    // What is asked here is not sent.
    input.addEventListener("input", (event) => event.stopPropagation());
  }

  ask(name) {
    const part = this.rich.querySelector(`[data-ask="${name}"]`);
    const input = part.querySelector("input");
    const { href } = this.editor.getAttributes("link");
    input.value = (name === "link" ? href : this.editor.getAttributes("table").caption) ?? "";
    part.hidden = false;
    this.rich.querySelector(`[data-do="${name}"]`).setAttribute("aria-expanded", "true");
    input.focus();
  }

  answer(name, said) {
    this.apart();
    const to = this.editor.chain().focus();
    if (name === "caption") to.updateAttributes("table", { caption: said }).run();
    else if (!said) to.extendMarkRange("link").unsetLink().run();
    else {
      const href = /^(?:[a-z][a-z0-9+.-]*:|[/.#?])/i.test(said) ? said : `https://${said}`;
      const bare = this.editor.state.selection.empty && !this.editor.isActive("link");
      if (bare) to.insertContent({ type: "text", text: said, marks: [{ type: "link", attrs: { href } }] }).run();
      else to.extendMarkRange("link").setLink({ href }).run();
    }
  }

  // The bar shows what holds where the caret stands.
  look() {
    const { editor } = this;
    this.rich.querySelector(".rich-table").hidden = !editor.isActive("table");
    for (const button of this.rich.querySelectorAll(".rich-bar button")) {
      const name = button.dataset.do;
      const state = deeds[name]?.[0];
      if (state) button.setAttribute("aria-pressed", String(editor.isActive(...[state].flat())));
      if (name === "undo" || name === "redo") button.setAttribute("aria-disabled", String(!editor.can()[name]()));
    }
    this.settled();
  }
}

for (const rich of document.querySelectorAll("[data-rich]")) {
  if (!rich.querySelector("textarea").disabled) new Desk(rich);
}
