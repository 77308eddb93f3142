// The cells of a board in the grid: the same kinds, and the same look, as desks/cell.py writes.
import { timeOf } from "./times.js";

const NONE = "—";
const LONG = 24; // a text that may be cut off is told whole to whoever points at it

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export const wordsOf = (name) => String(name).replaceAll("_", " ");

function link(path, ref) {
  const made = element("a", "ref", ref);
  made.href = path + encodeURIComponent(ref);
  return made;
}

// Exact money stays text: grouped by thousands, two places at least where the server sent them.
export function money(amount, currency) {
  if (amount === null || amount === undefined) return NONE;
  const [, sign, whole, rest = ""] = String(amount).match(/^(-?)(\d+)(\.\d+)?$/) || [];
  if (whole === undefined) return `${amount} ${currency}`;
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest || (digits(currency) ? `.${"0".repeat(digits(currency))}` : "")} ${currency}`;
}

function digits(currency) {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
  } catch {
    return 2;
  }
}

const SHOW = {
  text: (cell, row) => text(row[cell.field]),
  number: (cell, row) => text(row[cell.field]),
  words: (cell, row) => text(row[cell.field] && wordsOf(row[cell.field])),
  ref: (cell, row) => (row[cell.field] ? link(cell.path, row[cell.field]) : text()),
  money: (cell, row) => text(money(row[cell.field], row[cell.other])),
  moment: (cell, row, spec) => (row[cell.field] ? timeOf(row[cell.field], spec.zone) : text()),
  lane: (cell, row) => text(`${row[cell.field] || "?"} → ${row[cell.other] || "?"}`),
  state(cell, row, spec) {
    const state = row[cell.field];
    return state ? element("span", `state ${spec.states[state] || "done"}`, wordsOf(state)) : text();
  },
  subject(cell, row, spec) {
    const [kind, ref] = [row[cell.field], row[cell.other]];
    if (!ref) return row.message_ref ? link("/messages/", row.message_ref) : text();
    const made = element("span");
    const path = spec.pages[kind];
    made.append(`${wordsOf(kind)} `, path ? link(path, ref) : element("span", "ref", ref));
    return made;
  },
  stack(cell, row, spec) {
    const made = element("span", "stack");
    cell.parts.forEach((part, i) => {
      const line = element(i ? "small" : "span", "line");
      line.append(SHOW[part.kind](part, row, spec));
      if (!i || line.textContent !== NONE) made.append(line);
    });
    return made;
  },
};

function text(value) {
  const empty = value === null || value === undefined || value === "";
  return document.createTextNode(empty ? NONE : String(value));
}

export function shown(cell, row, spec) {
  const made = element("span", "cell");
  made.append(SHOW[cell.kind](cell, row, spec));
  if (made.textContent.length > LONG) made.title = [...made.childNodes].map((n) => n.textContent).join(" ");
  return made;
}

// What a column is sorted by: numbers as numbers, times as times, everything else as text.
export function sortedBy(cell, row) {
  if (cell.kind === "stack") return sortedBy(cell.parts[0], row);
  if (cell.kind === "subject") return `${row[cell.field]} ${row[cell.other]}`;
  if (cell.kind === "lane") return `${row[cell.field]} ${row[cell.other]}`;
  const value = row[cell.field];
  if (value === null || value === undefined) return null;
  return cell.kind === "money" ? Number(value) : value;
}
