// A board in the grid: all rows of the twin, thousands of them, drawn only where somebody looks.
// Without this file, or without the grid, the server's table stays.
import { shown, sortedBy } from "./cells.js";
import { useRows } from "./rows.js";

const ROWS_MAX = 20000;
const FIRST = 200;
const LEAF = 1000;
const FEW = 12; // a grid of so few rows is as high as they are
const place = document.getElementById("board");
const spec = JSON.parse(place.dataset.spec);
const fresh = place.querySelector(".fresh");
const totals = place.querySelector(".totals");
const keptAs = `drawbar.columns.${location.pathname}`;
const isFirstPage = !new URLSearchParams(location.search).has("after");
const coming = new Map(); // new rows that wait to be shown
const gone = new Set(); // rows that no longer fit what is asked
let grid = null;
let total = 0;

const keyOf = (row) => String(row[spec.key]);

function twin(more) {
  const address = new URL(place.dataset.twin, location.href);
  for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
  return fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
}

// ---- the grid ----

function columnOf(column) {
  const right = column.align === "money" || column.align === "number";
  return {
    colId: column.label,
    headerName: column.label,
    flex: column.wide || 1,
    minWidth: narrowest(column),
    cellClass: right ? "ag-right-aligned-cell" : "",
    headerClass: right ? "ag-right-aligned-header" : "",
    valueGetter: (at) => at.data && sortedBy(column.cell, at.data),
    cellRenderer: (at) => shown(column.cell, at.data, spec),
    equals: () => false, // a row that changed is drawn anew
    comparator: (one, other) => compare(one, other),
    sortable: true,
  };
}

// What each kind of cell needs so that nothing of it is cut off, in pixels.
const NARROWEST = { moment: 186, state: 114, money: 124, number: 84, lane: 190, subject: 190, ref: 128 };

function narrowest({ cell, wide }) {
  const [first, ...small] = cell.parts || [cell];
  const below = small.map((each) => Math.min(150, NARROWEST[each.kind] || 0));
  return Math.max(NARROWEST[first.kind] || 80, ...below, 40 * (wide || 1));
}

function compare(one, other) {
  if (one === other) return 0;
  if (one === null || one === undefined) return -1;
  if (other === null || other === undefined) return 1;
  return one < other ? -1 : 1;
}

function rowHeight() {
  const dense = document.documentElement.dataset.rows === "dense";
  const tall = spec.columns.some((column) => (column.cell.parts || []).length > 1);
  return tall && !dense ? 48 : dense ? 28 : 36;
}

function build(rows) {
  const here = document.createElement("div");
  here.className = `grid-here ag-theme-quartz${total <= FEW ? " few" : ""}`;
  here.setAttribute("role", "region");
  here.setAttribute("aria-label", spec.title);
  const table = place.querySelector(":scope > .wide");
  table.hidden = true;
  table.after(here);
  grid = agGrid.createGrid(here, {
    theme: "legacy",
    columnDefs: spec.columns.map(columnOf),
    defaultColDef: { resizable: true, suppressHeaderMenuButton: true, suppressMovable: false },
    rowData: rows,
    domLayout: total <= FEW ? "autoHeight" : "normal",
    getRowId: (at) => keyOf(at.data),
    rowHeight: rowHeight(),
    headerHeight: 36,
    rowSelection: { mode: "multiRow", enableClickSelection: false, headerCheckbox: false },
    selectionColumnDef: { width: 44, resizable: false, pinned: null },
    suppressDragLeaveHidesColumns: true,
    rowClassRules: { "is-gone": (at) => gone.has(keyOf(at.data)) },
    ensureDomOrder: true,
    suppressColumnVirtualisation: true,
    enableCellTextSelection: true,
    animateRows: false,
    initialState: kept(),
    onStateUpdated: ({ state }) => keep(state),
    onCellKeyDown: ({ event, node }) => event.key === "Enter" && open(node),
    onRowDoubleClicked: ({ node }) => open(node),
    onSelectionChanged: count,
  });
  place.classList.add("in-grid");
  document.querySelector(".pager")?.remove();
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(keptAs)) || {};
  } catch {
    return {};
  }
}

function keep({ columnSizing, columnOrder }) {
  try {
    localStorage.setItem(keptAs, JSON.stringify({ columnSizing, columnOrder }));
  } catch {
    // the widths hold for this page then
  }
}

function open(node) {
  const path = pathOf(node?.data);
  if (path) location.assign(path);
}

// The first link of a row is the row's own page.
function pathOf(row) {
  if (!row) return "";
  for (const column of spec.columns) {
    const link = shown(column.cell, row, spec).querySelector("a");
    if (link) return link.href;
  }
  return "";
}

function count() {
  const rows = grid.getDisplayedRowCount();
  const chosen = grid.getSelectedRows().length;
  const of = rows < total ? ` of ${total.toLocaleString("en")}` : "";
  totals.textContent = `${rows.toLocaleString("en")}${of} ${total === 1 ? "row" : "rows"}${chosen ? `, ${chosen} chosen` : ""}`;
}

// ---- filling it ----

async function fill() {
  let leaf = await twin({ limit: FIRST });
  if (!leaf.items.length) return;
  total = leaf.total;
  build(leaf.items);
  count();
  while (leaf.next && grid.getDisplayedRowCount() < ROWS_MAX) {
    leaf = await twin({ limit: LEAF, after: leaf.next });
    const known = leaf.items.filter((row) => !grid.getRowNode(keyOf(row)));
    grid.applyTransaction({ add: known });
    count();
  }
  place.dataset.filled = "yes";
}

// ---- the keyboard ----

const byKeys = {
  move(step) {
    const last = grid.getDisplayedRowCount() - 1;
    const now = grid.getFocusedCell();
    const next = Math.max(0, Math.min(last, now ? now.rowIndex + step : 0));
    grid.ensureIndexVisible(next);
    grid.setFocusedCell(next, now?.column ?? spec.columns[0].label);
  },
  open() {
    const now = grid.getFocusedCell();
    if (now) open(grid.getDisplayedRowAtIndex(now.rowIndex));
  },
  choose() {
    const now = grid.getFocusedCell();
    const node = now && grid.getDisplayedRowAtIndex(now.rowIndex);
    node?.setSelected(!node.isSelected());
  },
};

// ---- live ----

let looking = false;
let again = null;

async function look(refs) {
  if (looking) {
    again = again === null ? refs : [...again, ...refs];
    return;
  }
  looking = true;
  try {
    const named = refs.length && refs.length <= 100 && spec.key === "ref";
    const leaf = await twin(named ? { limit: LEAF, refs: refs.join(",") } : { limit: LEAF });
    if (!named) total = leaf.total;
    take(leaf, named ? refs : leaf.next ? [] : shownKeys());
  } catch {
    // the banner says when nothing is heard any more
  } finally {
    looking = false;
  }
  if (again !== null) {
    const next = again;
    again = null;
    setTimeout(look, 1500, next);
  }
}

function shownKeys() {
  const keys = [];
  grid?.forEachNode((node) => keys.push(keyOf(node.data)));
  return keys;
}

function take(leaf, expected) {
  const told = new Set(leaf.items.map(keyOf));
  const changed = [];
  for (const row of leaf.items) {
    const node = grid?.getRowNode(keyOf(row));
    if (!node) coming.set(keyOf(row), row);
    else if (JSON.stringify(node.data) !== JSON.stringify(row)) changed.push(row);
    gone.delete(keyOf(row));
  }
  const left = expected.filter((key) => !told.has(String(key)) && grid?.getRowNode(String(key)));
  for (const key of left) gone.add(String(key));
  for (const key of expected) if (!told.has(String(key))) coming.delete(String(key));
  if (changed.length) update(changed);
  if (left.length) grid.redrawRows({ rowNodes: left.map((key) => grid.getRowNode(String(key))) });
  tell();
}

// In its place: nothing jumps under the reader's eyes.
function update(rows) {
  grid.applyTransaction({ update: rows });
  for (const row of rows) {
    const node = grid.getRowNode(keyOf(row));
    for (const drawn of place.querySelectorAll(`.ag-row[row-id="${CSS.escape(node.id)}"]`)) {
      drawn.classList.remove("was-changed");
      void drawn.offsetWidth; // begin the mark anew
      drawn.classList.add("was-changed");
    }
  }
}

function tell() {
  const words = [];
  if (coming.size) words.push(`${coming.size} new`);
  if (gone.size) words.push(`${gone.size} not here any more`);
  fresh.hidden = !words.length;
  if (fresh.textContent !== words.join(", ")) fresh.textContent = words.join(", ");
}

function showFresh() {
  if (!grid) return location.reload();
  const remove = [...gone].map((key) => grid.getRowNode(key)?.data).filter(Boolean);
  grid.applyTransaction({ add: [...coming.values()], addIndex: 0, remove });
  total += coming.size - remove.length;
  if (total > FEW && grid.getGridOption("domLayout") !== "normal") {
    place.querySelector(".grid-here").classList.remove("few");
    grid.setGridOption("domLayout", "normal");
  }
  coming.clear();
  gone.clear();
  tell();
  count();
}

fresh.addEventListener("click", showFresh);
document.addEventListener("changed", (event) => {
  if (spec.topic in event.detail) look(event.detail[spec.topic]);
});
document.addEventListener("view", (event) => {
  if (!grid) return;
  if (event.detail === "times") grid.redrawRows();
  if (event.detail === "rows") grid.setGridOption("rowHeight", rowHeight());
});

if (window.agGrid && isFirstPage) {
  fill().then(() => grid && useRows(byKeys));
}
