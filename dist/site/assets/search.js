// Search over titles, tasks and units: the pairs of characters of the query choose the notices, and the record of each
// notice proves the hit and gives the excerpt. Shards and records are loaded as scripts, when they are needed.
"use strict";

(() => {
  const { shards, label } = window.gongwen;
  const root = document.body.dataset.root;
  const form = document.getElementById("search");
  const query = document.getElementById("query");
  const status = document.getElementById("status");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const list = document.getElementById("list");
  const FIELD_BITS = 8; // as gongwen.publish.site.search has it
  const TITLE = 1;
  const SHOWN = 10;
  const EXCERPTS = 3;
  const AROUND = 18; // characters of the text on each side of a hit
  let latest = 0; // the number of the last query: the answer to an older one is dropped

  const loading = new Map();

  /** The shard `name`, loaded once. */
  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${root}search/${name}.js`;
        script.addEventListener("load", () => resolve(shards[name]));
        script.addEventListener("error", () => reject(new Error(name)));
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  const brackets = { "〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")" };

  /** A character as it is compared: width, case and the kind of bracket don't matter. */
  const fold = (character) => brackets[character] ?? character.normalize("NFKC").toLowerCase().replace(/[[\]]/g, (found) => brackets[found]);
  const foldAll = (text) => [...text].map(fold).join("");

  function grams(term) {
    const characters = [...term];
    return characters.length === 1 ? characters : characters.slice(1).map((character, index) => characters[index] + character);
  }

  /** The places and fields of the notices that hold all of `terms`, those with a hit in the title first. */
  async function candidates(terms) {
    const { shards: count } = await load("settings");
    const wanted = [...new Set(terms.flatMap(grams))];
    const tables = await Promise.all(wanted.map((gram) => load(`pairs-${gram.codePointAt(0) % count}`).catch(() => ({}))));
    let found = null;
    wanted.forEach((gram, index) => {
      const entries = new Map();
      let code = 0;
      for (const difference of tables[index]?.[gram] ?? []) {
        code += difference;
        const place = Math.floor(code / FIELD_BITS);
        if (!found || found.has(place)) entries.set(place, (found?.get(place) ?? 7) & (code % FIELD_BITS));
      }
      found = entries;
    });
    return [...found].sort(([placeA, fieldsA], [placeB, fieldsB]) => (fieldsB & TITLE) - (fieldsA & TITLE) || placeA - placeB).map(([place]) => place);
  }

  async function record(place) {
    const { names } = await load("settings");
    const ids = await load(`names-${Math.floor(place / names)}`);
    return load(`notice-${ids[place % names]}`);
  }

  /** Where `terms` stand in `text`: [start, end) in characters of it, in order, none overlapping. */
  function hits(text, terms) {
    const characters = [...text];
    const folded = [];
    const origins = [];
    characters.forEach((character, index) => {
      for (const part of fold(character)) {
        folded.push(part);
        origins.push(index);
      }
    });
    const line = folded.join("");
    const offsets = []; // from code units, which indexOf counts, to entries of `origins`
    folded.forEach((part, index) => offsets.push(...Array(part.length).fill(index)));
    const found = [];
    for (const term of terms) {
      for (let at = line.indexOf(term); at >= 0; at = line.indexOf(term, at + term.length)) {
        found.push([origins[offsets[at]], origins[offsets[at + term.length - 1]] + 1]);
      }
    }
    found.sort((a, b) => a[0] - b[0]);
    return found.filter(([start], index) => index === 0 || start >= found[index - 1][1]);
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  }

  /** `text` with its hits marked; around the first of them only, where `short`. */
  function marked(text, terms, short) {
    const characters = [...text];
    const found = hits(text, terms);
    const from = short && found.length ? Math.max(0, found[0][0] - AROUND) : 0;
    const to = short ? Math.min(characters.length, (found[0]?.[1] ?? 0) + AROUND) : characters.length;
    const pieces = [from > 0 ? "…" : ""];
    let at = from;
    for (const [start, end] of found) {
      if (end > to) break;
      pieces.push(characters.slice(at, start).join(""), element("mark", {}, characters.slice(start, end).join("")));
      at = end;
    }
    pieces.push(characters.slice(at, to).join(""), to < characters.length ? "…" : "");
    return pieces;
  }

  /** The notice as a result, or null where it does not hold all terms after all. */
  function result(notice, terms) {
    const head = [notice.title ?? "", notice.number ?? ""].join("\n");
    const texts = [head, ...notice.tasks.map((task) => task.join("\n")), ...notice.units.map(([name, full]) => `${name}\n${full ?? ""}`)].map(foldAll);
    if (!terms.every((term) => texts.some((text) => text.includes(term)))) return null;
    const page = `${root}notices/${notice.id}.html`;
    const item = element("li", {}, element("a", { class: "title", href: page, lang: "zh-Hans" }, ...marked(notice.title ?? notice.id, terms)));
    const facts = [notice.number, notice.date, notice.issuers].filter(Boolean).map((fact) => element("span", { lang: "zh-Hans" }, ...marked(fact, terms)));
    item.append(element("p", { class: "facts" }, ...facts));
    const units = notice.units.filter(([name, full]) => hits(`${name} ${full ?? ""}`, terms).length);
    if (units.length) {
      const links = units.map(([name, , key]) => element(key ? "a" : "span", key ? { href: `${root}units/${key}.html` } : {}, ...marked(name, terms)));
      item.append(element("p", { class: "chips", lang: "zh-Hans" }, ...links));
    }
    const tasks = notice.tasks.map(([title, text], index) => ({ title, text, number: index + 1 })).filter(({ title, text }) => hits(`${title ?? ""} ${text}`, terms).length);
    const shown = tasks.slice(0, EXCERPTS).map(({ title, text, number }) => {
      const link = element("a", { href: `${page}#task-${number}` }, `${number} `, ...marked(title ?? "", terms));
      return element("li", {}, link, " ", ...(hits(text, terms).length ? marked(text, terms, true) : []));
    });
    if (tasks.length > shown.length) shown.push(element("li", {}, worded("more_tasks", { n: tasks.length - shown.length })));
    if (shown.length) item.append(element("ul", { class: "excerpts", lang: "zh-Hans" }, ...shown));
    return item;
  }

  /** The label `key` as an element that the language switch finds. */
  function worded(key, values = {}) {
    const made = element("span", { "data-t": key });
    for (const [name, value] of Object.entries(values)) made.dataset[name] = value;
    made.textContent = label(key, made.dataset);
    made.lang = document.documentElement.lang;
    return made;
  }

  const say = (key, values) => status.replaceChildren(worded(key, values));

  function clear() {
    status.replaceChildren();
    results.hidden = more.hidden = true;
    list.hidden = false;
  }

  async function search() {
    const number = ++latest;
    const terms = [...new Set(foldAll(query.value).split(/\s+/u).filter(Boolean))];
    results.replaceChildren();
    more.hidden = true;
    if (!terms.length) return clear();
    list.hidden = true;
    results.hidden = false;
    say("searching");
    const places = await candidates(terms);
    let at = 0;

    async function next() {
      const items = [];
      while (at < places.length && items.length < SHOWN) {
        const item = result(await record(places[at++]), terms);
        if (item) items.push(item);
      }
      if (number !== latest) return;
      results.append(...items);
      more.hidden = at >= places.length;
      const n = results.children.length;
      if (n === 0) say("no_results");
      else say(more.hidden ? "results_n" : "results_some", { n });
      if (n > SHOWN) items[0]?.querySelector("a").focus();
    }
    more.onclick = next;
    await next();
  }

  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
    if (asked !== query.value || asked) {
      query.value = asked;
      search();
    }
  }

  let typing = 0;
  let composing = false; // an input method is at work: its letters are no query yet
  query.addEventListener("compositionstart", () => (composing = true));
  query.addEventListener("compositionend", () => (composing = false));
  query.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => composing || remember(), 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    remember();
  });

  /** The query becomes part of the address, so that a search can be linked. */
  function remember() {
    const value = query.value.trim();
    try {
      history.replaceState(null, "", value ? `#${new URLSearchParams({ q: value })}` : location.pathname + location.search);
    } catch {
      // some browsers do not let a page from a folder change its address
    }
    search();
  }

  form.hidden = false;
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
