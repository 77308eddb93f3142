// The keyboard: everything here can be reached by Tab, too; a letter is only the shorter way.
import { rows } from "./rows.js";

const WITHIN = "input, textarea, select, [contenteditable]";
const SAYS = [
  ["/", "any reference"],
  ["j, k", "next row, row before"],
  ["x", "choose the row"],
  ["Enter", "open the row"],
  ["Esc", "leave a field, close this"],
  ["?", "these keys"],
];
const dialog = document.getElementById("keys");
let goes = 0; // when "g" was pressed

const KEYS = {
  "/": () => {
    const box = document.getElementById("q");
    box.focus();
    box.select();
  },
  "?": showKeys,
  j: () => rows().move(1),
  k: () => rows().move(-1),
  x: () => rows().choose(),
  g: () => {
    goes = performance.now();
  },
};

function showKeys() {
  if (dialog.open) return dialog.close();
  const told = [...SAYS];
  for (const link of document.querySelectorAll("[data-go]")) {
    told.push([`g ${link.dataset.go}`, link.dataset.says || link.textContent.trim()]);
  }
  for (const button of document.querySelectorAll("[data-key]")) {
    told.push([button.dataset.key, button.dataset.says || button.textContent.trim()]);
  }
  dialog.querySelector("dl").replaceChildren(...told.flatMap(([key, words]) => [tag("dt", key), tag("dd", words)]));
  dialog.showModal();
}

function tag(name, text) {
  const element = document.createElement(name);
  if (name === "dt") element.append(...text.split(", ").flatMap((key, i) => (i ? [" ", kbd(key)] : [kbd(key)])));
  else element.textContent = text;
  return element;
}

function kbd(key) {
  const element = document.createElement("kbd");
  element.textContent = key;
  return element;
}

function isOwn(button) {
  return button && !button.disabled && button.getClientRects().length;
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.key === "Escape") return leave(event);
  if (event.target.closest(WITHIN) && !isMark(event.target)) return;
  if (dialog.open && event.key !== "?") return;
  if (performance.now() - goes < 1500 && goes) return go(event);
  if (event.key === "Enter" && event.target === document.body) return rows().open();
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const does = isOwn(button) ? () => button.click() : KEYS[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

function isMark(field) {
  return field.matches("input[type=checkbox]"); // letters mean nothing to a box
}

function go(event) {
  goes = 0;
  const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

function leave(event) {
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.target.closest(WITHIN)) event.target.blur();
}

document.getElementById("keys-button")?.addEventListener("click", showKeys);
