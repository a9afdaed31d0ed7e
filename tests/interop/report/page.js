"use strict";
// What the page shows is in its address, after the "#": view, world, filter, and open (CREATOR,PARTNER) and cell (its index).

const words = {fail: "fail", missing: "missing", known: "known", unsupported: "n/a", pass: "pass"}; // the worst first
const worst = Object.keys(words);
const everyQt = "qt"; // stands for all real Qts
const $ = id => document.getElementById(id);
let run, ours, qts, peers;
let state = {};

// element makes an element; text is never taken for HTML.
function element(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

async function unpack() {
  const bytes = Uint8Array.from(atob($("run").textContent), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

// isWindows tells Windows programs from the others, which they never meet.
const isWindows = id => id.endsWith("-windows");

function label(id) {
  return id === everyQt ? "every Qt" : run.labels[id] ?? id;
}

// --- which cells

// test makes a function that tells whether a word of the filter holds for a cell: a verdict or a peer when it names one
// exactly, else a part of a peer, case, world or known fault.
function test(word) {
  const verdict = worst.find(v => v === word || words[v] === word);
  if (verdict) return cell => cell.verdict === verdict;
  if (peers.has(word)) return cell => cell.creator === word || cell.partner === word;
  return cell => cell.text.includes(word);
}

function selected() {
  const tests = state.filter.toLowerCase().split(/\s+/).filter(Boolean).map(test);
  return run.cells.filter(cell => (!state.world || cell.world === state.world) && tests.every(holds => holds(cell)));
}

function group(cells, key) {
  const groups = new Map();
  for (const cell of cells) {
    const k = key(cell);
    groups.has(k) ? groups.get(k).push(cell) : groups.set(k, [cell]);
  }
  return groups;
}

const members = id => id === everyQt ? qts : [id];

// meetings are the cells of two peers, either of which may be every Qt.
function meetings(pairs, creator, partner) {
  return members(creator).flatMap(c => members(partner).flatMap(p => pairs.get(c + "," + p) ?? []));
}

// parts tells how many cells have passed, and what became of the others: ["52", "2 known"].
function parts(cells) {
  const counts = group(cells, cell => cell.verdict);
  const others = worst.slice(0, -1).filter(v => counts.has(v)).map(v => counts.get(v).length + " " + words[v]);
  return [String(counts.get("pass")?.length ?? 0), ...others];
}

const inWords = cells => parts(cells).join(", ").replace(/^\d+/, "$& passed");

// look is the verdict that a square looks like: the worst, but n/a only where nothing has passed.
function look(cells) {
  const has = new Set(cells.map(cell => cell.verdict));
  return ["fail", "missing", "known", "pass", "unsupported"].find(v => has.has(v));
}

// --- tables

const who = (creator, partner) => `${label(creator)} creates, ${label(partner)} attaches`;

function square(pairs, creator, partner, column, span = 1) {
  const cells = meetings(pairs, creator, partner);
  if (!cells.length) return element("td", {colspan: span}, "–");
  const [passed, ...others] = parts(cells);
  const name = `${who(creator, partner)}: ${inWords(cells)}`;
  const button = element("button", {class: look(cells), title: name, "aria-label": name, tabindex: -1,
    "data-open": creator + "," + partner, "data-column": column});
  if (passed !== "0" || !others.length) button.append(element("span", {}, passed));
  button.append(...others.map(text => element("small", {}, text)));
  return element("td", {colspan: span}, button);
}

const met = (pairs, a, b) => meetings(pairs, a, b).length + meetings(pairs, b, a).length > 0;

// oursWithQt has ours and every Qt down and, across, ours and all Qts together: each as who creates and as who attaches.
function oursWithQt(pairs, ours, qts) {
  const all = [...ours, everyQt];
  const columns = all.filter(c => [...ours, ...qts].some(r => met(pairs, r, c)));
  const heads = columns.map(c => element("th", {scope: "colgroup", colspan: 2, class: "group"}, label(c)));
  const under = columns.flatMap(() => ["creates", "attaches"].map(role => element("th", {scope: "col", class: "under"}, role)));
  const row = id => element("tr", {}, element("th", {scope: "row"}, label(id)), ...columns.flatMap((c, i) =>
    c === id ? [square(pairs, c, c, 2 * i, 2)] : [square(pairs, c, id, 2 * i), square(pairs, id, c, 2 * i + 1)]));
  const body = ids => element("tbody", {class: "more"}, ...ids.filter(r => columns.some(c => met(pairs, r, c))).map(row));
  tell("Each column creates, or attaches to what each row has created");
  return element("table", {}, element("thead", {}, element("tr", {}, element("td", {rowspan: 2}), ...heads), element("tr", {}, ...under)),
    body(ours), body(qts));
}

// qtWithQt has every Qt down, which creates, and every Qt across, which attaches.
function qtWithQt(pairs, _, qts) {
  const rows = qts.filter(r => qts.some(c => pairs.has(r + "," + c)));
  const columns = qts.filter(c => qts.some(r => pairs.has(r + "," + c)));
  const heads = columns.map(c => element("th", {scope: "col"}, element("span", {}, label(c))));
  const row = r => element("tr", {}, element("th", {scope: "row"}, label(r)), ...columns.map((c, i) => square(pairs, r, c, i)));
  tell("The rows create, the columns attach");
  return element("table", {}, element("thead", {}, element("tr", {}, element("td", {}), ...heads)), element("tbody", {}, ...rows.map(row)));
}

// tell says above the table what it has.
function tell(text) {
  const filter = state.filter.trim();
  $("told").textContent = `${text}. ${state.world || "All worlds"}.` + (filter && ` Only what matches "${filter}".`);
}

function draw() {
  const cells = selected();
  const pairs = group(cells, cell => cell.creator + "," + cell.partner);
  const qt = state.view === "qt";
  const halves = [isWindows, id => !isWindows(id)].map(other => [ours, qts].map(ids => ids.filter(id => !other(id))));
  const tables = halves.map(half => (qt ? qtWithQt : oursWithQt)(pairs, ...half));
  const filled = tables.filter(table => table.querySelector("button"));
  $("matrix").replaceChildren(...filled.length ? filled : tables.slice(0, 1));
  $("matrix").classList.toggle("heat", qt);
  $("matrix").querySelector("button")?.setAttribute("tabindex", 0);
  const all = cells.length === run.cells.length;
  $("count").textContent = all ? "" : `${cells.length} of ${run.cells.length} cells` + (cells.length ? ": " + inWords(cells) : "");
  $("world").value = state.world;
  if ($("filter").value !== state.filter) $("filter").value = state.filter;
  for (const button of document.querySelectorAll("[data-view]"))
    button.setAttribute("aria-pressed", button.dataset.view === state.view);
  showCells(pairs);
}

// --- the cells of a square

// showCells shows the cells of the square that is open, if there is one.
function showCells(pairs) {
  const [creator, partner] = state.open.split(",");
  const cells = meetings(pairs, creator, partner);
  if (!cells.length) return $("cells").close();
  cells.sort((a, b) => worst.indexOf(a.verdict) - worst.indexOf(b.verdict));
  $("cells-title").textContent = who(creator, partner);
  $("cells-count").textContent = inWords(cells);
  const several = creator === everyQt || partner === everyQt;
  $("list").replaceChildren(...cells.map(cell => entry(cell, several)));
  if (!$("cells").open) $("cells").showModal();
  $("list").querySelector("[open]")?.scrollIntoView();
}

function entry(cell, several) {
  const summary = element("summary", {}, element("span", {class: "key " + cell.verdict}, words[cell.verdict]),
    element("b", {}, cell.case), element("span", {}, cell.world),
    ...several ? [element("span", {}, who(cell.creator, cell.partner))] : [],
    element("span", {class: "quiet time"}, `${cell.ms} ms`));
  const details = element("details", {}, summary);
  if (String(cell.index) === state.cell) {
    details.append(...story(cell));
    details.open = true;
  }
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(...story(cell));
    remember({cell: details.open ? String(cell.index) : ""});
  });
  return details;
}

// story is what there is to say of a cell.
function story(cell) {
  const paragraph = (name, text) => text ? [element("p", {}, element("b", {}, name), " ", text)] : [];
  const known = run.known?.find(k => k.id === cell.known);
  return [
    ...paragraph("Why:", cell.reason),
    ...paragraph(`Known fault ${cell.known}:`, known?.text),
    element("pre", {tabindex: 0}, run.transcripts?.[cell.transcript] ?? "There is no transcript."),
  ];
}

// --- state and events

function remember(change) {
  Object.assign(state, change);
  const kept = Object.entries(state).filter(([key, value]) => value && !(key === "view" && value === "ours"));
  history.replaceState(null, "", "#" + new URLSearchParams(kept));
}

function recall() {
  const said = new URLSearchParams(location.hash.slice(1));
  state = Object.fromEntries(["view", "world", "filter", "open", "cell"].map(key => [key, said.get(key) ?? ""]));
  state.view = state.view === "qt" ? "qt" : "ours";
  if (!run.worlds.includes(state.world)) state.world = "";
  draw();
}

function change(what) {
  remember(what);
  draw();
}

// neighbour is the square that an arrow key leads to.
function neighbour(button, key) {
  const along = {ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling"}[key];
  if (along) {
    let td = button.parentElement[along];
    while (td && !td.querySelector("button")) td = td[along];
    return td?.querySelector("button");
  }
  const rows = [...$("matrix").querySelectorAll("tbody tr")];
  const from = rows.indexOf(button.closest("tr"));
  const next = key === "ArrowDown" ? rows.slice(from + 1) : key === "ArrowUp" ? rows.slice(0, from).reverse() : [];
  const column = Number(button.dataset.column);
  for (const row of next) {
    const found = [...row.querySelectorAll("button")].filter(b => Number(b.dataset.column) <= column).at(-1);
    if (found) return found;
  }
}

function listen() {
  $("filter").addEventListener("input", () => change({filter: $("filter").value}));
  $("world").addEventListener("change", () => change({world: $("world").value}));
  for (const button of document.querySelectorAll("[data-view]"))
    button.addEventListener("click", () => change({view: button.dataset.view}));
  $("matrix").addEventListener("click", event => {
    const button = event.target.closest("[data-open]");
    if (!button) return;
    remember({open: button.dataset.open, cell: ""});
    showCells(group(selected(), cell => cell.creator + "," + cell.partner));
  });
  $("matrix").addEventListener("keydown", event => {
    const next = event.target.dataset.open && neighbour(event.target, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  $("matrix").addEventListener("focusin", event => {
    for (const button of $("matrix").querySelectorAll("[tabindex='0']")) button.tabIndex = -1;
    event.target.tabIndex = 0;
  });
  $("close").addEventListener("click", () => $("cells").close());
  $("cells").addEventListener("click", event => event.target === $("cells") && $("cells").close());
  $("cells").addEventListener("close", () => remember({open: "", cell: ""}));
  addEventListener("hashchange", recall);
}

async function start() {
  run = await unpack();
  run.cells ??= [];
  run.worlds ??= [];
  run.cells.forEach((cell, index) => {
    cell.index = index;
    cell.text = [cell.creator, cell.partner, label(cell.creator), label(cell.partner), cell.case, cell.world, cell.known].join(" ").toLowerCase();
  });
  const seen = new Set(run.cells.flatMap(cell => [cell.creator, cell.partner]));
  peers = new Set((run.peers ?? []).map(p => p.id).filter(id => seen.has(id)));
  qts = [...peers].filter(id => id.startsWith("qt-"));
  ours = [...peers].filter(id => !qts.includes(id));
  $("world").append(element("option", {value: ""}, "all"), ...run.worlds.map(w => element("option", {value: w}, w)));
  listen();
  recall();
  $("controls").hidden = $("matrix").hidden = false;
  $("static").hidden = true;
}

const ready = start().catch(error => {
  $("trouble").textContent = `This browser cannot show more than the numbers: ${error}`;
  $("trouble").hidden = false;
});
