"use strict";
// Before anything is drawn: that there is script, and the theme a person chose. Later would draw the page twice.
document.documentElement.classList.add("js");
try {
  const kept = localStorage.getItem("checker-theme");
  if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
} catch (_) { /* a page from a disk may have no storage */ }
