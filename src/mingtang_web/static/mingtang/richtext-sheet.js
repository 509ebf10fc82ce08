// The sheet of the editor: what may stand on it, as the site's own vocabulary has it.
import {
  Blockquote, Bold, BulletList, Document, Extension, Gapcursor, HardBreak, Heading, HorizontalRule, Italic,
  Link, ListItem, Node, OrderedList, Paragraph, Strike, Subscript, Superscript, Table, TableCell, TableHeader,
  TableRow, Text, Underline, UndoRedo,
} from "../django_prose_editor/editor.js";

const SIDES = ["left", "center", "right"];
const MARKUP = /^\s*<(?:p|h[1-6]|ul|ol|table|blockquote|hr|div)(?=[\s>])/i;

// What the site's own vocabulary has beyond the editor's.
const Layout = Extension.create({
  name: "layout",
  addGlobalAttributes() {
    const said = (element) => SIDES.find((side) => element.classList.contains(`align-${side}`)
      || element.style.textAlign === side || element.getAttribute("align") === side);
    const indented = (element) => element.classList.contains("indent") || parseFloat(element.style.textIndent) > 0;
    return [{
      types: ["paragraph", "heading"],
      attributes: {
        align: {
          default: null,
          parseHTML: (element) => said(element) ?? null,
          renderHTML: ({ align }) => (align ? { class: `align-${align}` } : {}),
        },
      },
    }, {
      types: ["paragraph"],
      attributes: {
        indent: {
          default: false,
          parseHTML: indented,
          renderHTML: ({ indent }) => (indent ? { class: "indent" } : {}),
        },
      },
    }];
  },
});

// A table has a title, no widths, and a way out for the keyboard.
const Sheet = Table.extend({
  addAttributes() {
    return {
      caption: {
        default: "",
        parseHTML: (element) => element.querySelector(":scope > caption")?.textContent.trim() ?? "",
        rendered: false,
      },
    };
  },
  parseHTML: () => [{ tag: "caption", ignore: true }, { tag: "table" }],
  renderHTML({ node }) {
    const { caption } = node.attrs;
    return ["table", ...(caption ? [["caption", caption]] : []), ["tbody", 0]];
  },
  addNodeView: () => null,
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      Tab: () => this.editor.commands.goToNextCell(),
      "Shift-Tab": () => this.editor.commands.goToPreviousCell(),
      Escape: () => leave(this.editor),
    };
  },
});
const Head = TableHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } };
  },
});
// Tab leaves a list too; Ctrl+] and Ctrl+[ make an item deeper and back.
const Item = ListItem.extend({
  addKeyboardShortcuts() {
    return {
      Enter: () => this.editor.commands.splitListItem(this.name),
      "Mod-]": () => this.editor.commands.sinkListItem(this.name),
      "Mod-[": () => this.editor.commands.liftListItem(this.name),
    };
  },
});
// A picture of the document's own stays where it is; none comes in by pasting.
const picture = (own) => Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  addAttributes: () => ({ src: { default: "" }, alt: { default: "" } }),
  parseHTML: () => [{ tag: "img[src]", getAttrs: (element) => (own && element.getAttribute("src").startsWith(own) ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
});

const depthOf = ($from, name) => {
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type.name === name) return depth;
  return 0;
};
const leave = (editor) => {
  const { $from } = editor.state.selection;
  const depth = depthOf($from, "table");
  if (!depth) return false;
  const after = $from.after(depth);
  const next = editor.state.doc.nodeAt(after);
  const steps = editor.chain();
  if (!next?.isTextblock) steps.insertContentAt(after, { type: "paragraph" });
  return steps.setTextSelection(after + 1).focus().run();
};

// Plain text as the box takes it: paragraphs between empty lines.
const paragraphOf = (part) => {
  const indent = /^\u3000/.test(part);
  const content = part.trim().split("\n").flatMap((line, n) => [...(n ? [{ type: "hardBreak" }] : []), ...(line ? [{ type: "text", text: line }] : [])]);
  return { type: "paragraph", attrs: { indent }, content };
};
export const read = (text) => {
  if (MARKUP.test(text)) return text;
  const parts = text.replaceAll("\r\n", "\n").split(/\n\s*?\n/).filter((part) => part.trim());
  const content = parts.length ? parts.map(paragraphOf) : [{ type: "paragraph", attrs: { indent: true } }];
  return { type: "doc", content };
};

export const sheet = (own) => [
  Document, Text, Layout, Paragraph, Heading.configure({ levels: [2, 3, 4] }), HardBreak, HorizontalRule,
  Bold, Italic, Underline, Strike, Superscript, Subscript, Blockquote, BulletList, OrderedList, Item,
  Link.configure({ openOnClick: false, autolink: false, linkOnPaste: false, HTMLAttributes: { target: null, rel: null, class: null } }),
  Sheet.configure({ resizable: false }), TableRow, TableCell, Head, picture(own), UndoRedo, Gapcursor,
];
