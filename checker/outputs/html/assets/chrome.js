"use strict";
// What surrounds the text: theme, views of the phone, dialogs, printing, outline, shortcuts.

function setView(view) {
  if (root.dataset.view !== view) root.dataset.view = view;
  for (const button of all(".views [data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
}

function startViews() {
  document.querySelector(".views").hidden = false;
  setView("overview");
  for (const button of all(".views [data-view]")) {
    button.addEventListener("click", () => { closeCard(); setView(button.dataset.view); window.scrollTo(0, 0); });
  }
}

function startTheme() {
  const button = byId("theme");
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => { button.textContent = dark() ? "浅色" : "深色"; button.setAttribute("aria-pressed", String(dark())); };
  button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; remember("theme", root.dataset.theme); show(); });
  if (system.addEventListener) system.addEventListener("change", show);
  show();
}

function startDialogs() {
  byId("help-open").addEventListener("click", () => byId("help").showModal());
  byId("print-open").addEventListener("click", () => byId("print").showModal());
  byId("print").addEventListener("close", () => {
    if (byId("print").returnValue !== "print") return;
    root.dataset.print = all("input:checked", byId("print")).map((box) => box.name).join(" ");
    window.print();
  });
}

// Details print only where they are open; what was opened for the printer is closed again.
let opened = [];
function startPrinting() {
  window.addEventListener("beforeprint", () => {
    if (!root.dataset.print.split(" ").includes("details")) return;
    printing = true;
    opened = indicators().filter((item) => !item.hidden && !item.open);
    for (const item of opened) item.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const item of opened) item.open = false;
    opened = [];
    setTimeout(() => { printing = false; }, 0);
  });
}

// On wide screens the outline stands beside the text, else it is a menu.
function startOutline() {
  const outline = document.querySelector(".outline");
  const reading = byId("report");
  const bar = document.querySelector(".bar-top");
  const menu = outline.parentElement;
  const next = outline.nextSibling;
  const wide = window.matchMedia("(min-width: 1600px)");
  const place = () => {
    reading.classList.toggle("wide", wide.matches);
    if (wide.matches) bar.before(outline); else menu.insertBefore(outline, next);
    outline.open = wide.matches;
  };
  if (wide.addEventListener) wide.addEventListener("change", place);
  place();
  document.addEventListener("click", (event) => {
    for (const box of all("details.menu[open]")) {
      const stays = box === outline && wide.matches;
      if (!stays && (!box.contains(event.target) || event.target.closest("a"))) box.open = false;
    }
  });
}

function startLinks() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const id = link.getAttribute("href").slice(1);
    const done = id.startsWith("i-") ? goToIndicator(id) : /^s\d+-\d+$/.test(id) ? goToSentence(id, { focus: true }) : false;
    if (done) event.preventDefault();
    else if (phone.matches && byId(id)) setView(id);
  });
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id.startsWith("i-")) goToIndicator(id);
    else if (/^s\d+-\d+$/.test(id)) { goToSentence(id); openCard(id); }
  };
  window.addEventListener("hashchange", follow);
  if (location.hash.length > 1) follow();
}

function startFolds() {
  for (const button of all(".unfold")) {
    const hidden = all(".more", button.parentElement);
    button.hidden = hidden.length === 0;
    button.addEventListener("click", () => {
      hidden.forEach((row) => row.classList.add("open"));
      button.setAttribute("aria-expanded", "true");
      button.hidden = true;
    });
  }
}

function startKeys() {
  const box = byId("shortcuts");
  box.checked = recall("shortcuts") !== "off";
  box.addEventListener("change", () => remember("shortcuts", box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const typing = /^(input|select|textarea)$/.test(event.target.localName || "") && !/^(checkbox|radio)$/.test(event.target.type);
    if (event.key === "Escape") {
      if (typing && event.target.value) return;
      const menu = document.querySelector(".bar-top details.menu[open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); return; }
      if (!closeCard() && chosen) { const from = chosen; choose(null); from.querySelector("summary").focus({ preventScroll: true }); }
      return;
    }
    if (typing || !box.checked) return;
    const action = {
      "/": () => { if (phone.matches) setView("indicators"); byId("find").focus(); },
      "?": () => byId("help").showModal(),
      "]": () => stepBy(1), "[": () => stepBy(-1),
    }[event.key];
    if (action) { event.preventDefault(); action(); }
  });
}
