"use strict";
// Shared pieces. Text from documents reaches the page through textContent only; nothing here parses markup.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
const phone = window.matchMedia("(max-width: 819px)");

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

// The tables are parsed at the first click, not at load.
let tables = null;
function data() {
  if (tables === null) {
    tables = JSON.parse(byId("data").textContent);
    tables.byId = new Map(tables.indicators.map((row, at) => [row[0], at]));
  }
  return tables;
}
const word = (at) => data().strings[at];

function evidenceRow(at) {
  const [indicator, doc, sentence, accepted, use, tag, element, note, refused, tense, matched] = data().evidence[at];
  return {
    at, indicator, accepted: accepted === 1, use: word(use), tag: word(tag), element: word(element), note: word(note),
    refused: word(refused), tense: word(tense), matched, target: sentence ? `s${doc}-${sentence}` : "",
  };
}

function indicatorRow(at) {
  const [id, number, title, verdict, evidence] = data().indicators[at];
  const [code, sign, label] = data().verdicts[verdict];
  return { id, number, title, verdict: code, sign, label, evidence: evidence.map(evidenceRow) };
}

function sentenceRow(id) {
  const [doc, number] = id.slice(1).split("-");
  const row = (data().documents[Number(doc)] || {})[number];
  if (!row) return null;
  return {
    role: word(row[0]), where: word(row[1]),
    clauses: row[2].map(([start, end, tense, polarity, marks]) => ({ start, end, tense: word(tense), polarity: word(polarity), marks: word(marks) })),
    figures: row[3].map(([start, end, value, subject, checked]) => ({ start, end, value: word(value), subject: word(subject), checked: word(checked) })),
    evidence: row[4].map(evidenceRow), noise: word(row[5]),
  };
}

// Line ends of wrapped Chinese text are no spaces.
const flow = (text) => text.replace(/([^\x00-\xff])[ \t\u3000]*[\r\n]+[ \t\u3000]*(?=[^\x00-\xff])/g, "$1").trim();

function chip(verdict, sign, label) {
  return make("span", { class: `chip v-${verdict}` }, make("span", { class: "sign", "aria-hidden": "true" }, sign), label);
}

function say(text) { byId("live").textContent = text; }

function remember(key, value) {
  try { localStorage.setItem(`checker-${key}`, value); } catch (_) { /* a page from a disk may have no storage */ }
}
function recall(key) {
  try { return localStorage.getItem(`checker-${key}`); } catch (_) { return null; }
}
function address(hash) {
  try { history.replaceState(null, "", hash || " "); } catch (_) { /* not allowed for files in old browsers */ }
}
