"use strict";
// The list of indicators: filters, choosing one, walking by keys.

let chosen = null;
let printing = false;
const wanted = { verdicts: new Set(), chapter: "", unit: "", severity: "", change: "", text: "" };
const indicators = () => all("#list .ind");
const hay = new Map();

function haystack(item) {
  if (!hay.has(item)) {
    const parts = all(".no, .name, .wording, .elements li, .close-gap li, .quote, dl.facts dd", item).map((x) => x.textContent);
    hay.set(item, parts.join("\n").toLowerCase());
  }
  return hay.get(item);
}

function fits(item) {
  const { verdicts, chapter, unit, severity, change, text } = wanted;
  if (verdicts.size && !verdicts.has(item.dataset.v)) return false;
  if (chapter && item.parentElement.dataset.chapter !== chapter) return false;
  if (unit && !item.dataset.u.split("|").includes(unit)) return false;
  if (severity === "red" && item.dataset.s !== "red") return false;
  if (severity === "major" && item.dataset.s === "minor") return false;
  if (severity === "minor" && item.dataset.s !== "minor") return false;
  if (change && !(change === "any" ? item.dataset.d : item.dataset.d === change)) return false;
  if (!text) return true;
  if (/^\d{1,3}$/.test(text)) return item.querySelector(".no").textContent.startsWith(text);
  return text.split(/\s+/).every((piece) => haystack(item).includes(piece));
}

function filter() {
  let shown = 0;
  const items = indicators();
  for (const item of items) {
    item.hidden = !fits(item);
    if (!item.hidden) shown += 1;
  }
  for (const chapter of all("#list .chapter")) chapter.hidden = !chapter.querySelector(".ind:not([hidden])");
  const any = wanted.verdicts.size || wanted.chapter || wanted.unit || wanted.severity || wanted.change || wanted.text;
  byId("shown").textContent = any ? `显示 ${shown} 项，共 ${items.length} 项` : `共 ${items.length} 项`;
  byId("none").hidden = shown > 0;
  byId("reset").hidden = !any;
  for (const button of all(".verdicts [data-verdict]")) button.setAttribute("aria-pressed", String(wanted.verdicts.has(button.dataset.verdict)));
  for (const [name, key] of [["by-chapter", "chapter"], ["by-unit", "unit"], ["by-severity", "severity"], ["by-change", "change"]]) {
    const select = byId(name);
    if (!select) continue;
    select.value = wanted[key];
    select.classList.toggle("on", Boolean(wanted[key]));
  }
}

function clearFilters() {
  Object.assign(wanted, { chapter: "", unit: "", severity: "", change: "", text: "" });
  wanted.verdicts.clear();
  byId("find").value = "";
  filter();
}

// Where the panel scrolls by itself only it moves; on a phone the page does.
function bringIndicator(item) {
  const panel = byId("indicators");
  if (phone.matches) { item.scrollIntoView({ block: "start" }); window.scrollBy(0, -8); return; }
  const card = byId("card");
  const cover = byId("list").parentElement.querySelector(".filters").offsetHeight + (card.hidden ? 0 : card.offsetHeight);
  panel.scrollTop += item.getBoundingClientRect().top - panel.getBoundingClientRect().top - Math.min(cover, panel.clientHeight * 0.7) - 30;
}

// Closing the item that was open before may carry this one out of sight.
function keepInView(item) {
  const top = item.getBoundingClientRect().top;
  const panel = byId("indicators").getBoundingClientRect();
  const from = phone.matches ? 0 : document.querySelector(".filters").getBoundingClientRect().bottom;
  const to = Math.min(window.innerHeight, phone.matches ? window.innerHeight : panel.bottom) - 60;
  if (top < from - 1 || top > to) bringIndicator(item);
}

function choose(item) {
  for (const other of all("#list .ind[open]")) if (other !== item) other.open = false;
  chosen = item;
  if (!item) { dim(); address(""); return; }
  if (item.hidden) clearFilters();
  if (!item.open) item.open = true;
  const row = indicatorRow(data().byId.get(item.id.slice(2)));
  const count = light(row);
  if (lit.length && !phone.matches) goToSentence(lit[0].id);
  say(`${row.number} ${row.title}，${row.label}，原文中 ${count} 句作为证据`);
  address(`#${item.id}`);
}

function goToIndicator(id) {
  const item = byId(id);
  if (!item) return false;
  if (phone.matches) setView("indicators");
  else if (byId("indicators").getBoundingClientRect().top > 4) document.querySelector(".workspace").scrollIntoView({ block: "start" });
  choose(item);
  bringIndicator(item);
  item.querySelector("summary").focus({ preventScroll: true });
  return true;
}

// The sentences beyond those that stand in the page come from the tables.
function unfoldRest(button) {
  const item = button.closest(".ind");
  const list = button.previousElementSibling;
  const groups = new Map();
  for (const e of indicatorRow(data().byId.get(item.id.slice(2))).evidence) {
    if (e.accepted === (button.dataset.of === "accepted")) groups.set(e.target, [...(groups.get(e.target) || []), e]);
  }
  const rows = Array.from(groups.values());
  const first = list.children.length;
  for (const group of rows.slice(first, first + 100)) {
    const e = group[0];
    const sentence = e.target && byId(e.target);
    const unique = (values) => Array.from(new Set(values));
    const meta = make("span", { class: "meta" }, make("b", { class: "tag" }, e.tag), make("span", {}, unique(group.map((x) => x.element)).join("、")),
      make("span", {}, e.target ? sentenceRow(e.target).where : ""),
      make("span", { class: "why" }, unique(group.map((x) => x.note + (x.refused ? `（${x.refused.split("-")[0]}）` : ""))).join("；")));
    const quote = make("span", { class: "quote" }, sentence ? flow(sentence.textContent) : "");
    list.append(make("li", { class: `ev ${e.use}` }, make("a", { class: "go", href: `#${e.target}` }, meta, quote)));
  }
  const left = rows.length - list.children.length;
  button.hidden = left <= 0;
  button.textContent = `其余 ${left} 句`;
}

function walkList(event) {
  if (event.target.localName !== "summary") return;
  const summaries = indicators().filter((i) => !i.hidden).map((i) => i.querySelector("summary"));
  const at = summaries.indexOf(event.target);
  const next = { ArrowDown: summaries[at + 1], ArrowUp: summaries[at - 1], Home: summaries[0], End: summaries[summaries.length - 1] }[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  const item = next.parentElement;
  const panel = byId("indicators").getBoundingClientRect();
  const box = next.getBoundingClientRect();
  const cover = document.querySelector(".filters").getBoundingClientRect().bottom;
  if (box.top < cover || box.bottom > Math.min(panel.bottom, window.innerHeight)) bringIndicator(item);
}

function startFilters() {
  const form = document.querySelector(".filters");
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => { event.preventDefault(); clearFilters(); });
  byId("clear").addEventListener("click", clearFilters);
  byId("find").addEventListener("input", (event) => { wanted.text = event.target.value.trim().toLowerCase(); filter(); });
  for (const [name, key] of [["by-chapter", "chapter"], ["by-unit", "unit"], ["by-severity", "severity"], ["by-change", "change"]]) {
    if (byId(name)) byId(name).addEventListener("change", (event) => { wanted[key] = event.target.value; filter(); });
  }
  for (const button of all(".verdicts [data-verdict]")) {
    button.addEventListener("click", () => {
      const verdict = button.dataset.verdict;
      if (!wanted.verdicts.delete(verdict)) wanted.verdicts.add(verdict);
      filter();
    });
  }
  const list = byId("list");
  list.addEventListener("toggle", (event) => {
    const item = event.target;
    if (printing || !item.classList.contains("ind")) return;
    if (item.open && item !== chosen) { choose(item); keepInView(item); }
    else if (!item.open && item === chosen) choose(null);
  }, true);
  list.addEventListener("keydown", walkList);
  list.addEventListener("click", (event) => {
    const rest = event.target.closest(".rest");
    if (rest) unfoldRest(rest);
  });
  // The numbers and chapters of the head are filters, too.
  byId("overview").addEventListener("click", (event) => {
    const button = event.target.closest("[data-verdicts], [data-chapter]");
    if (!button) return;
    clearFilters();
    if (button.dataset.verdicts) button.dataset.verdicts.split(" ").forEach((v) => wanted.verdicts.add(v));
    else wanted.chapter = button.dataset.chapter;
    filter();
    if (phone.matches) { setView("indicators"); window.scrollTo(0, 0); }
    else document.querySelector(".workspace").scrollIntoView({ block: "start" });
    byId("indicators").scrollTop = 0;
  });
  filter();
}
