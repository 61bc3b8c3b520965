// The language of the interface, and where the value under the pointer or the focus came from. Both are additions: the
// page is whole without them. A classic script, since modules do not load in a page that was opened from a folder.
"use strict";

(() => {
  const { labels } = window.gongwen;
  const button = element("button", "language");
  const languages = ["zh-Hans", "en"];

  /** A new element with this id, if it has one, and these children; the label `key` is its text. */
  function element(tag, id, children = [], key = "") {
    const made = document.createElement(tag);
    if (id) made.id = id;
    if (key) made.dataset.t = key;
    made.append(...children);
    return made;
  }

  /** The label `key` in the current language; {name} stands for the value of that name. */
  function label(key, values = {}) {
    const [zh, en, enOne] = labels[key] ?? [key, key];
    const text = !english() ? zh : enOne && values.n === "1" ? enOne : en;
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  const english = () => document.documentElement.lang === "en";

  function translate(root) {
    for (const element of root.querySelectorAll("[data-t]")) {
      element.textContent = label(element.dataset.t, element.dataset);
      element.lang = document.documentElement.lang;
    }
    for (const element of root.querySelectorAll("[data-en]")) {
      element.dataset.zh ??= element.textContent;
      element.textContent = english() ? element.dataset.en : element.dataset.zh;
      element.lang = document.documentElement.lang;
    }
    for (const name of ["aria-label", "placeholder", "title"]) {
      for (const element of root.querySelectorAll(`[data-t-${name}]`)) {
        element.setAttribute(name, label(element.getAttribute(`data-t-${name}`), element.dataset));
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
    const other = languages.find((name) => name !== language);
    button.lang = other;
    button.textContent = other === "en" ? "English" : "中文";
  }

  function remember(language) {
    try {
      localStorage.setItem("gongwen-language", language);
    } catch {
      // the choice then lasts for this page only
    }
  }

  /** The first language of the browser in which the site is written; Chinese where there is none. */
  const ofBrowser = () => (/^en\b/i.test(navigator.languages.find((name) => /^(zh|en)\b/i.test(name))) ? "en" : "zh-Hans");

  // --- origin -----------------------------------------------------------------------------------------------------

  const panel = element("aside", "origin", [
    element("p", "", [element("strong", "", [], "as_found"), " ", element("span", "origin-found")]),
    element("p", "origin-place"),
    element("p", "origin-evidence"),
  ]);

  /** `words` without their middle where they are long. */
  const excerpt = (words) => {
    const line = words.trim().replace(/\s+/g, " ");
    return line.length > 96 ? `${line.slice(0, 48)}…${line.slice(-48)}` : line;
  };

  const text = (id, words) => (document.getElementById(id).textContent = words);

  /** What the table of repairs says of the repair `number`: before, after, rule, confidence, evidence. */
  const repair = (number) => [...document.getElementById(`repair-${number}`).cells].map((cell) => cell.textContent);

  function evidence(numbers) {
    return numbers.map(repair).map(([before, after, ...reasons]) => {
      return `${before || "∅"} → ${after || "∅"}：${reasons.slice(0, 3).filter(Boolean).join(" · ")}`;
    });
  }

  /** The number of the value `element`: where its first part stands, it has an id that says it. */
  const numberOf = ({ dataset, id }) => dataset.value ?? (/^v\d+$/.test(id) ? id.slice(1) : undefined);

  /** What the source says of a value that the page shows otherwise: the paragraph behind its heading may say it. */
  const foundOf = ({ dataset, parentNode }) =>
    dataset.found ?? (dataset.below === undefined ? undefined : excerpt(parentNode.nextElementSibling.textContent));

  /** Shows where the value or the repair `element` came from, and lights its counterpart on the other side. */
  function show(element) {
    const value = numberOf(element);
    const number = element.dataset.repair;
    const sides = value ? [...document.querySelectorAll(`[data-value="${value}"], #v${value}`)] : [element];
    const marked = sides.find((side) => side.dataset.at) ?? element;
    const { at, kind } = marked.dataset;
    const found = foundOf(marked);
    const repairs = sides.flatMap((side) => [...side.querySelectorAll("[data-repair]")]).map((mark) => mark.dataset.repair);
    const alone = !sides.some((side) => !side.dataset.at);
    const original = sides.filter((side) => alone || !side.dataset.at).map((side) => side.textContent);
    for (const side of value ? sides : []) side.classList.add("lit");
    text("origin-found", found ?? (number ? repair(number)[0] : excerpt(original.join(""))));
    text("origin-place", at ? [kind && label(kind), `${label("characters")} ${at.replace("-", "–")}`, marked.title].filter(Boolean).join(" · ") : "");
    text("origin-evidence", evidence([...new Set(number ? [number] : repairs)]).join("\n"));
    panel.hidden = false;
    element.setAttribute("aria-describedby", "origin");
  }

  function hide(element) {
    for (const side of document.querySelectorAll(".lit")) side.classList.remove("lit");
    element.removeAttribute("aria-describedby");
    panel.hidden = true;
  }

  function watchOrigins() {
    panel.hidden = true;
    panel.dataset.tAriaLabel = "origin";
    document.querySelector("main").append(panel);
    const at = ({ target }) => target.closest?.("[data-at], [data-value]") ?? target.closest?.(".facing [data-repair]") ?? null;
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

  // --- filters of a table of changes --------------------------------------------------------------------------------

  /** Hides the rows of the table behind `box` that a choice leaves out; without script all rows are shown. */
  function watchFilters(box) {
    const choices = [...box.querySelectorAll("select")];
    const rows = [...box.nextElementSibling.tBodies[0].rows];
    const holds = (row, { dataset: { filter }, value }) => !value || row.dataset[filter].split(" ").includes(value);
    box.addEventListener("change", () => {
      for (const row of rows) row.hidden = !choices.every((choice) => holds(row, choice));
    });
    box.hidden = false;
  }

  // --- the table of units by tasks ----------------------------------------------------------------------------------

  /** Lights the column under the pointer or the focus, and shows the rows of one role, in one order. */
  function watchMatrix(table, box) {
    const columns = document.createElement("colgroup");
    const heads = [...table.tHead.rows].at(-1).cells;
    const rows = [...table.tBodies[0].rows];
    columns.append(...[...heads].map(() => document.createElement("col")));
    table.caption.after(columns);
    let lit = 0;
    const light = (index) => {
      for (const [at, on] of [[lit, false], [index, true]]) {
        if (at) for (const element of [columns.children[at], heads[at]]) element.classList.toggle("lit", on);
      }
      lit = index;
    };
    const under = ({ target }) => {
      const cell = target.closest?.("td, th");
      light(cell && (cell.parentNode.parentNode === table.tBodies[0] || cell.parentNode === heads[0].parentNode) ? cell.cellIndex : 0);
    };
    table.addEventListener("mouseover", under);
    table.addEventListener("focusin", under);
    table.addEventListener("mouseleave", () => light(0));
    table.addEventListener("focusout", () => light(0));
    const [role, order] = box.querySelectorAll("select");
    const orders = {
      tasks: (a, b) => b.count - a.count || a.place - b.place,
      text: (a, b) => a.place - b.place,
      name: (a, b) => a.name.localeCompare(b.name, "zh"),
    };
    box.addEventListener("change", () => {
      const wanted = role.value ? `[data-t="short.${role.value}"]` : "b";
      for (const mark of table.querySelectorAll("tbody b")) mark.hidden = !mark.matches(wanted);
      const counted = rows.map((row) => {
        const count = [...row.cells].filter((cell) => cell.querySelector(wanted)).length;
        row.cells[row.cells.length - 1].textContent = count;
        row.hidden = !count;
        return { row, count, place: Number(row.dataset.place), name: row.cells[0].textContent };
      });
      table.tBodies[0].append(...counted.sort(orders[order.value]).map(({ row }) => row));
    });
    box.hidden = false;
  }

  // --- titles -------------------------------------------------------------------------------------------------------

  /** The words of `text`. What the browser cuts into single characters are pairs (印发, not 印 and 发), and 的 ends a word. */
  function wordsOf(text, segmenter) {
    const words = [];
    let alone = false;
    for (const { segment } of segmenter.segment(text)) {
      const single = /^\p{Script=Han}$/u.test(segment);
      if (words.length && (segment === "的" || (single && alone))) words[words.length - 1] += segment;
      else words.push(segment);
      alone = single && !alone;
    }
    return words;
  }

  /** Lets the titles in `root` break between words only, where the browser knows the words of Chinese. */
  function keepWords(root) {
    if (!Intl.Segmenter) return;
    const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
    for (const element of root.querySelectorAll("h1, .notices .title, .task h3, .task h4, .group, li > .title")) {
      if (element.matches(".words, [data-t]") || element.querySelector("[data-t]")) continue;
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const texts = [];
      while (walker.nextNode()) texts.push(walker.currentNode);
      for (const text of texts) {
        const words = wordsOf(text.data, segmenter);
        text.replaceWith(...words.flatMap((word, index) => (index && /[\p{L}\p{N}]/u.test(word) ? [document.createElement("wbr"), word] : [word])));
      }
      element.classList.add("words");
    }
  }

  window.gongwen.label = label;
  window.gongwen.keepWords = keepWords;
  window.gongwen.translate = translate;
  document.querySelector(".bar").append(button);
  button.addEventListener("click", () => {
    setLanguage(english() ? "zh-Hans" : "en");
    remember(document.documentElement.lang);
  });
  if (document.querySelector("[data-at]")) watchOrigins();
  setLanguage(languages.includes(remembered()) ? remembered() : ofBrowser());
  document.querySelectorAll(".filters").forEach(watchFilters);
  const table = document.querySelector(".matrix");
  if (table) watchMatrix(table, document.getElementById("matrix-choices"));
  keepWords(document);
})();
