// The language of the interface, and where the value under the pointer or the focus came from. Both are additions: the
// page is whole without them. A classic script, since modules do not load in a page that was opened from a folder.
"use strict";

(() => {
  const { labels } = window.gongwen;
  const languages = ["zh-Hans", "en"];

  /** The label `key` in the current language; {name} stands for the value of that name. */
  function label(key, values = {}) {
    const [zh, en, enOne] = labels[key] ?? [key, key];
    const text = !english() ? zh : enOne && values.n === "1" ? enOne : en;
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  const english = () => document.documentElement.lang === "en";

  function translate(root) {
    for (const element of root.querySelectorAll("[data-i18n]")) {
      element.textContent = label(element.dataset.i18n, element.dataset);
      element.lang = document.documentElement.lang;
    }
    for (const name of ["aria-label", "placeholder"]) {
      for (const element of root.querySelectorAll(`[data-i18n-${name}]`)) {
        element.setAttribute(name, label(element.getAttribute(`data-i18n-${name}`), element.dataset));
      }
    }
  }

  function remembered() {
    try {
      return localStorage.getItem("gongwen-language");
    } catch {
      return null; // storage may be switched off
    }
  }

  function setLanguage(language) {
    document.documentElement.lang = language;
    translate(document);
    const button = document.getElementById("language");
    const other = languages.find((name) => name !== language);
    button.lang = other;
    button.textContent = other === "en" ? "English" : "中文";
    button.hidden = false;
    try {
      localStorage.setItem("gongwen-language", language);
    } catch {
      // the choice then lasts for this page only
    }
  }

  // --- origin -----------------------------------------------------------------------------------------------------

  const panel = document.getElementById("origin");

  function counterparts(element) {
    const value = element.dataset.value;
    return value ? document.querySelectorAll(`[data-value="${value}"]`) : [];
  }

  function evidence(repairs) {
    const rows = [...new Set(repairs)].map((number) => document.getElementById(`repair-${number}`));
    const words = rows.map((row) => {
      const [before, after, rule, confidence, reason] = [...row.cells].map((cell) => cell.textContent);
      return `${before || "∅"} → ${after || "∅"}：${[rule, confidence, reason].filter(Boolean).join(" · ")}`;
    });
    return words.join("\n");
  }

  function show(element) {
    const same = [...counterparts(element)];
    const value = same.find((other) => other.dataset.from) ?? element;
    const found = same.filter((other) => !other.dataset.from);
    const marks = [element, ...same].flatMap((part) => [part, ...part.querySelectorAll("[data-repair]")]);
    const repairs = marks.map((part) => part.dataset.repair).filter(Boolean);
    for (const other of same) other.classList.add("lit");
    const text = value.dataset.found ?? found.map((part) => part.textContent).join("");
    document.getElementById("origin-found").textContent = text || element.textContent;
    document.getElementById("origin-kind").textContent = value.dataset.kind ? label(value.dataset.kind) + " ·" : "";
    document.getElementById("origin-place").textContent = value.dataset.from ? `${value.dataset.from}–${value.dataset.to}` : "";
    document.getElementById("origin-evidence").textContent = evidence(repairs);
    panel.hidden = false;
    element.setAttribute("aria-describedby", "origin");
  }

  function hide(element) {
    for (const other of document.querySelectorAll(".lit")) other.classList.remove("lit");
    element.removeAttribute("aria-describedby");
    panel.hidden = true;
  }

  function watchOrigins() {
    const sought = "[data-from], [data-value], .facing [data-repair]";
    const at = (event) => event.target.closest?.(sought);
    let shown = null;
    const change = (element) => {
      if (element === shown) return;
      if (shown) hide(shown);
      shown = element;
      if (shown) show(shown);
    };
    document.addEventListener("mouseover", (event) => change(at(event) ?? at({ target: document.activeElement })));
    document.addEventListener("focusin", (event) => change(at(event)));
    document.addEventListener("focusout", () => change(null));
    document.addEventListener("keydown", (event) => event.key === "Escape" && change(null));
  }

  window.gongwen.label = label;
  window.gongwen.translate = translate;
  document.getElementById("language").addEventListener("click", () => setLanguage(english() ? "zh-Hans" : "en"));
  setLanguage(remembered() === "en" ? "en" : "zh-Hans");
  if (panel) watchOrigins();
})();
