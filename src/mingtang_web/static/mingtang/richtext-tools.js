// The tools of the editor: what each does, where it holds, and the bar they stand in.
export const deeds = {
  paragraph: ["paragraph", (to) => to.setParagraph()],
  h2: [["heading", { level: 2 }], (to) => to.toggleHeading({ level: 2 })],
  h3: [["heading", { level: 3 }], (to) => to.toggleHeading({ level: 3 })],
  h4: [["heading", { level: 4 }], (to) => to.toggleHeading({ level: 4 })],
  bold: ["bold", (to) => to.toggleBold()],
  italic: ["italic", (to) => to.toggleItalic()],
  underline: ["underline", (to) => to.toggleUnderline()],
  strike: ["strike", (to) => to.toggleStrike()],
  superscript: ["superscript", (to) => to.unsetSubscript().toggleSuperscript()],
  subscript: ["subscript", (to) => to.unsetSuperscript().toggleSubscript()],
  left: [[{ align: "left" }], (to, editor) => aligned(to, editor, "left")],
  center: [[{ align: "center" }], (to, editor) => aligned(to, editor, "center")],
  right: [[{ align: "right" }], (to, editor) => aligned(to, editor, "right")],
  indent: [["paragraph", { indent: true }], (to, editor) => to.updateAttributes("paragraph", { indent: !editor.isActive("paragraph", { indent: true }) })],
  bullets: ["bulletList", (to) => to.toggleBulletList()],
  numbers: ["orderedList", (to) => to.toggleOrderedList()],
  quote: ["blockquote", (to) => to.toggleBlockquote()],
  rule: [null, (to) => to.setHorizontalRule()],
  table: [null, (to) => to.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
  undo: [null, (to) => to.undo()],
  redo: [null, (to) => to.redo()],
  clear: [null, (to) => to.unsetAllMarks().clearNodes()],
  "row-above": [null, (to) => to.addRowBefore()],
  "row-below": [null, (to) => to.addRowAfter()],
  "column-left": [null, (to) => to.addColumnBefore()],
  "column-right": [null, (to) => to.addColumnAfter()],
  "row-away": [null, (to) => to.deleteRow()],
  "column-away": [null, (to) => to.deleteColumn()],
  merge: [null, (to) => to.mergeCells()],
  split: [null, (to) => to.splitCell()],
  heads: [null, (to) => to.toggleHeaderRow()],
  "table-away": [null, (to) => to.deleteTable()],
};
export const ASKED = ["link", "caption"];
const aligned = (to, editor, side) => {
  const align = editor.isActive({ align: side }) ? null : side;
  return to.updateAttributes("paragraph", { align }).updateAttributes("heading", { align });
};

// One bar of tools is one stop for Tab; arrows go from tool to tool.
export const barred = (bar, act) => {
  const shown = () => [...bar.querySelectorAll("button")].filter((button) => button.checkVisibility());
  const here = (button) => {
    for (const each of bar.querySelectorAll("button")) each.tabIndex = each === button ? 0 : -1;
  };
  here(bar.querySelector("button"));
  bar.addEventListener("keydown", (event) => {
    const buttons = shown();
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length).focus();
  });
  bar.addEventListener("focusin", (event) => here(event.target));
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") act(button.dataset.do);
  });
  return () => { if (!shown().some((each) => each.tabIndex === 0)) here(shown()[0]); };
};
