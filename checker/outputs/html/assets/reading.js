"use strict";
// The report: tabs, what lights up, stepping through it.

let lit = [];
let step = -1;

function showDocument(id) {
  for (const part of all(".document")) part.hidden = part.id !== id;
  for (const nav of all(".outline nav")) nav.hidden = nav.dataset.document !== id;
  for (const tab of all(".tabs [role=tab]")) {
    const on = tab.getAttribute("aria-controls") === id;
    tab.setAttribute("aria-selected", String(on));
    tab.tabIndex = on ? 0 : -1;
  }
}

// Blocks that were never laid out have an estimated height, so the place may move once: look again for a few frames.
function bring(element, where) {
  let frames = 0;
  const look = () => {
    const box = element.getBoundingClientRect();
    if (frames === 0 || box.top < 56 || box.bottom > window.innerHeight - 24) element.scrollIntoView({ block: where || "center" });
    frames += 1;
    if (frames < 6) requestAnimationFrame(look);
  };
  look();
}

function setNow(sentence) {
  for (const other of all(".s.now")) other.classList.remove("now");
  if (!sentence) return;
  sentence.classList.add("now");
  for (const other of all('.s[tabindex="0"]', sentence.closest(".document"))) other.tabIndex = -1;
  sentence.tabIndex = 0;
}

function goToSentence(id, options) {
  const sentence = byId(id);
  if (!sentence) return false;
  const doc = sentence.closest(".document");
  if (doc.hidden) showDocument(doc.id);
  if (phone.matches) setView("report");
  setNow(sentence);
  bring(sentence);
  if (options && options.focus) sentence.focus({ preventScroll: true });
  const at = lit.indexOf(sentence);
  if (at >= 0) { step = at; tellStep(); }
  return true;
}

// Offsets count code points; the DOM counts UTF-16 units.
function rangeIn(sentence, start, end) {
  const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let seen = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let unit = 0;
    for (const character of node.data) {
      if (!begun && seen === start) { range.setStart(node, unit); begun = true; }
      unit += character.length;
      seen += 1;
      if (begun && seen === end) { range.setEnd(node, unit); return range; }
    }
  }
  return null;
}

function showMatches(rows) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("matched");
  const ranges = [];
  for (const row of rows.slice(0, 400)) {
    const sentence = row.target && byId(row.target);
    if (!sentence) continue;
    for (let i = 0; i < row.matched.length; i += 2) {
      const range = rangeIn(sentence, row.matched[i], row.matched[i + 1]);
      if (range) ranges.push(range);
    }
  }
  if (ranges.length) CSS.highlights.set("matched", new Highlight(...ranges));
}

function dim() {
  for (const sentence of all(".s.lit")) sentence.classList.remove("lit", "weak");
  root.classList.remove("focused");
  showMatches([]);
  lit = [];
  step = -1;
  byId("stepper").hidden = true;
}

// An indicator's sentences light up; clues that were refused get a dashed frame.
function light(row) {
  dim();
  const rows = row.evidence.filter((e) => e.target && byId(e.target));
  const strong = new Set(rows.filter((e) => e.accepted).map((e) => e.target));
  for (const e of rows) {
    const sentence = byId(e.target);
    sentence.classList.add("lit");
    sentence.classList.toggle("weak", !strong.has(e.target));
  }
  showMatches(rows);
  const order = (sentence) => { const [doc, number] = sentence.id.slice(1).split("-").map(Number); return doc * 1e7 + number; };
  lit = all(".s.lit").sort((a, b) => (a.classList.contains("weak") - b.classList.contains("weak")) || order(a) - order(b));
  root.classList.toggle("focused", lit.length > 0);
  step = lit.length ? 0 : -1;
  byId("stepper").hidden = false;
  byId("step-text").textContent = "";
  byId("step-text").dataset.of = `${row.number} ${row.title}`;
  tellStep();
  return strong.size;
}

function tellStep() {
  const place = byId("step-text");
  const many = lit.length > 1;
  place.textContent = lit.length ? `第 ${place.dataset.of.split(" ")[0]} 项 · ${step + 1} / ${lit.length} 处` : `第 ${place.dataset.of.split(" ")[0]} 项 · 原文中没有`;
  byId("step-back").hidden = byId("step-on").hidden = !many;
}

function stepBy(way) {
  if (!lit.length) return;
  step = (step + way + lit.length) % lit.length;
  goToSentence(lit[step].id);
  tellStep();
}

// Arrow keys walk from sentence to sentence once one has the focus; up and down go on scrolling.
function walk(event) {
  const sentence = event.target.closest(".s");
  if (!sentence) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    openCard(sentence.id, { focus: true });
    return;
  }
  const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const among = all(event.shiftKey ? ".u4, .u3, .u2, .u1, .adm, .den, .plan, .s.lit" : ".s:not(.hd)", sentence.closest(".document")).filter((s) => s.classList.contains("s"));
  let at = among.indexOf(sentence);
  if (at < 0) at = among.findIndex((s) => sentence.compareDocumentPosition(s) & Node.DOCUMENT_POSITION_FOLLOWING) - (way > 0 ? 1 : 0);
  const next = among[at + way];
  if (next) {
    goToSentence(next.id, { focus: true });
    say(describe(next.id));
  }
}

function startReading() {
  const docs = all(".document");
  if (docs.length > 1) showDocument(docs[0].id);
  for (const doc of docs) {
    const first = doc.querySelector(".s.u4, .s.u3, .s.u2, .s.u1") || doc.querySelector(".s:not(.hd)");
    if (first) first.tabIndex = 0;
    doc.addEventListener("keydown", walk);
    doc.addEventListener("click", (event) => {
      const sentence = event.target.closest(".s:not(.hd)");
      if (!sentence || String(window.getSelection()).length > 1) return;
      if (sentence.tabIndex !== 0) sentence.tabIndex = -1;
      openCard(sentence.id);
    });
  }
  for (const tab of all(".tabs [role=tab]")) {
    tab.addEventListener("click", () => showDocument(tab.getAttribute("aria-controls")));
    tab.addEventListener("keydown", (event) => {
      const tabs = all(".tabs [role=tab]");
      const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (!way) return;
      event.preventDefault();
      const next = tabs[(tabs.indexOf(tab) + way + tabs.length) % tabs.length];
      showDocument(next.getAttribute("aria-controls"));
      next.focus();
    });
  }
  byId("step-on").addEventListener("click", () => stepBy(1));
  byId("step-back").addEventListener("click", () => stepBy(-1));
  byId("step-close").addEventListener("click", () => choose(null));
  byId("marks").addEventListener("change", (event) => root.classList.toggle("no-marks", !event.target.checked));
  byId("tints").addEventListener("change", (event) => root.classList.toggle("no-tints", !event.target.checked));
  byId("nums").addEventListener("change", (event) => root.classList.toggle("show-numbers", event.target.checked));
}
