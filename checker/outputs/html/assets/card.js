"use strict";
// The panel of one sentence: what it supports, its clauses, tense, strength and figures.

let cardFrom = null;
const RANK = ["den", "adm", "u4", "u3", "u2", "u1"];

function part(text, start, end) { return flow(Array.from(text).slice(start, end).join("")); }

// One entry an indicator, with a line for each of its elements that the sentence bears on.
function usesList(rows) {
  const groups = new Map();
  for (const e of rows) groups.set(e.indicator, [...(groups.get(e.indicator) || []), e]);
  return make("ul", { class: "uses" }, ...Array.from(groups, ([indicator, uses]) => {
    const row = indicatorRow(indicator);
    return make("li", {},
      make("a", { href: `#i-${row.id}` }, `${row.number} ${row.title}`),
      chip(row.verdict, row.sign, row.label),
      ...uses.map((e) => make("span", { class: "why" }, [e.tag, e.element, e.tense, e.note].filter(Boolean).join(" · ") + (e.refused ? `（${e.refused.split("-")[0]}）` : ""))));
  }));
}

const count = (rows) => new Set(rows.map((e) => e.indicator)).size;

function table(head, rows) {
  return make("table", { class: "clauses" },
    make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...rows.map((cells) => make("tr", {}, ...cells.map((cell, at) => make("td", at === 0 ? { class: "text" } : {}, cell))))));
}

// What a sentence counts as, in one line, for people who hear the page.
function describe(id) {
  const row = sentenceRow(id);
  if (!row) return "";
  const used = row.evidence.filter((e) => e.accepted);
  const numbers = Array.from(new Set(used.map((e) => indicatorRow(e.indicator).number)));
  return `${row.role}，` + (used.length ? `${used[0].tag}，支持第 ${numbers.join("、")} 项` : row.evidence.length ? "未采信" : "没有用上");
}

function openCard(id, options) {
  const sentence = byId(id);
  const row = sentence && sentenceRow(id);
  if (!row) return;
  const text = sentence.textContent;
  const used = row.evidence.filter((e) => e.accepted);
  const refused = row.evidence.filter((e) => !e.accepted);
  const body = byId("card-body");
  used.sort((a, b) => RANK.indexOf(a.use) - RANK.indexOf(b.use));
  const strongest = used.length ? used[0].tag : refused.length ? "没有采信" : "没有用上";
  const tenses = Array.from(new Set(row.clauses.map((c) => c.tense))).join("、");
  byId("card-title").textContent = row.where;
  body.replaceChildren(
    make("p", { class: "said" }, flow(text)),
    make("p", { class: "about" }, [`性质 ${row.role}`, tenses && `时态 ${tenses}`, `最强用处 ${strongest}`, row.noise && "页面信息，不是正文"].filter(Boolean).join("　")));
  body.append(make("h4", {}, used.length ? `支持 ${count(used)} 项指标` : "没有支持任何指标"));
  if (used.length) body.append(usesList(used));
  if (refused.length) body.append(make("h4", {}, `没有采信（涉及 ${count(refused)} 项指标）`), usesList(refused));
  if (row.clauses.length) {
    body.append(make("h4", {}, "分句"), table(["分句", "时态", "语气", "备注"], row.clauses.map((c) => [part(text, c.start, c.end), c.tense, c.polarity, c.marks])));
  }
  if (row.figures.length) {
    body.append(make("h4", {}, "数据"), table(["原文", "读作", "说的是", "复算"], row.figures.map((f) => [part(text, f.start, f.end), f.value, f.subject, f.checked])));
  }
  body.scrollTop = 0;
  byId("card").hidden = false;
  byId("indicators").classList.add("carded");
  setNow(sentence);
  cardFrom = sentence;
  if (options && options.focus) body.focus();
  if (phone.matches) { sentence.scrollIntoView({ block: "start" }); window.scrollBy(0, -60); }
  say(used.length ? `这句支持 ${count(used)} 项指标` : "这句没有支持任何指标");
}

function closeCard() {
  if (byId("card").hidden) return false;
  const inside = byId("card").contains(document.activeElement);
  byId("card").hidden = true;
  byId("indicators").classList.remove("carded");
  setNow(null);
  if (inside && cardFrom) cardFrom.focus({ preventScroll: true });
  return true;
}

function startCard() {
  byId("card-close").addEventListener("click", closeCard);
}
