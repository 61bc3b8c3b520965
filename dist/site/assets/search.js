// Search over all text: the pairs of characters of the query choose the notices, and the record of each notice proves the
// hit and gives the excerpt. What finds nothing as it was typed is read as pinyin, then by its sound, then with one error.
// Shards and records are loaded as scripts, when they are needed; one that is missing is named, and can be asked for again.
"use strict";

(() => {
  const { shards, label, keepWords } = window.gongwen;
  const root = document.querySelector(".brand").getAttribute("href").replace("index.html", "");
  const form = document.getElementById("search");
  const query = document.getElementById("query");
  const status = document.getElementById("status");
  const trouble = document.getElementById("trouble");
  const results = document.getElementById("results");
  const more = document.getElementById("more");
  const list = document.getElementById("list");
  const facets = document.getElementById("facets");
  const choices = [...facets.querySelectorAll("select")];
  const FIELD_BITS = 64; // as gongwen.publish.site.search has it
  const ALL = FIELD_BITS - 1;
  const HEAD = 1;
  const SHOWN = 10;
  const EXCERPTS = 3;
  const AROUND = 18; // characters of the text on each side of a hit
  const PROVEN = 30; // notices whose records are all looked at, so that their number is exact
  const SCANNED = 200; // records that one step loads at most
  const OPTIONS = 200; // of one facet
  const LONGEST = 24; // characters of a term in which one error is looked for
  const PATIENCE = 20_000; // milliseconds until a file counts as missing
  let latest = 0; // the number of the last query: the answer to an older one is dropped

  // --- files ---------------------------------------------------------------------------------------------------------

  const loading = new Map();
  const missing = new Set();

  /** The shard `name`, loaded once; an error where it does not come, and then the next call tries again. */
  function load(name) {
    if (!loading.has(name)) {
      loading.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const late = setTimeout(() => end(), PATIENCE);
        const end = () => {
          clearTimeout(late);
          if (name in shards) return resolve(shards[name]);
          script.remove();
          loading.delete(name);
          missing.add(name);
          reject(new Error(name));
        };
        script.src = `${root}search/${name}.js`;
        script.addEventListener("load", end);
        script.addEventListener("error", end);
        document.head.append(script);
      }));
    }
    return loading.get(name);
  }

  /** The shard `name`, or `instead` where it is missing. */
  const loadOr = (name, instead) => load(name).catch(() => instead);

  // --- text ----------------------------------------------------------------------------------------------------------

  const brackets = { "〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")" };

  /** A character as it is compared: width, case and the kind of bracket don't matter. */
  const fold = (character) => brackets[character] ?? character.normalize("NFKC").toLowerCase().replace(/[[\]]/g, (found) => brackets[found]);
  const foldAll = (text) => [...text].map(fold).join("");

  /** A text with what is compared: `line`, and for each code unit of it the character of the text that it comes from. */
  function prepared(text) {
    const characters = [...text];
    const origins = [];
    let line = "";
    characters.forEach((character, index) => {
      const folded = fold(character);
      line += folded;
      for (let unit = 0; unit < folded.length; unit++) origins.push(index);
    });
    return { characters, line, origins };
  }

  /** The readings of each common character. */
  let readingsOf = null;
  async function readings() {
    if (!readingsOf) {
      const table = await load("readings");
      readingsOf = new Map();
      for (const [syllable, characters] of Object.entries(table)) {
        for (const character of characters) readingsOf.set(character, [...(readingsOf.get(character) ?? []), syllable]);
      }
    }
    return readingsOf;
  }

  // --- terms: what of a notice makes it a candidate (`alternatives`, lists of pairs of which one must be there), and where they stand

  function pairs(parts, alone = "", between = "") {
    return parts.length === 1 ? [parts[0] + alone] : parts.slice(1).map((part, index) => parts[index] + between + part);
  }

  /** `word` as it stands. */
  function plain(word) {
    const find = ({ line }) => {
      const found = [];
      for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + word.length)) found.push([at, at + word.length]);
      return found;
    };
    return { alternatives: [pairs([...word])], find, exact: [...word].length <= 2 };
  }

  /** Characters that are read as one of `ways`, each a list of syllables. Only titles, tasks' titles and units' names are found so. */
  function sounding(ways, known) {
    const find = ({ line }) => {
      const characters = [...line];
      const found = [];
      let unit = 0;
      for (let at = 0; at < characters.length; unit += characters[at++].length) {
        const way = ways.find((syllables) => syllables.every((syllable, index) => known.get(characters[at + index])?.includes(syllable)));
        if (way) found.push([unit, unit + characters.slice(at, at + way.length).join("").length]);
      }
      return found;
    };
    return { alternatives: ways.map((syllables) => pairs(syllables, " ", " ")), find, names: true };
  }

  /** `word` with one character wrong, missing, too many or exchanged with the next. */
  function near(word) {
    const characters = [...word];
    const all = pairs(characters);
    const without = (first, last) => {
      const kept = all.filter((_, index) => index + 1 < first || index > last);
      return [...kept, ...characters.filter((_, index) => index < first || index > last).filter((character) => !kept.some((pair) => pair.includes(character)))];
    };
    const alternatives = characters.flatMap((_, index) => [without(index, index), ...(index ? [without(index - 1, index)] : [])]).filter((some) => some.length);
    const escaped = characters.map((character) => character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    const patterns = escaped.flatMap((_, index) => {
      const [before, after] = [escaped.slice(0, index).join(""), escaped.slice(index + 1)];
      const exchanged = after.length ? [before + after[0] + escaped[index] + after.slice(1).join("")] : [];
      const dropped = characters.length > 3 ? [before + after.join("")] : [];
      const added = index ? [`${before}.${escaped[index]}${after.join("")}`] : [];
      return [`${before}.${after.join("")}`, ...exchanged, ...added, ...dropped];
    });
    const expression = new RegExp(patterns.join("|"), "gu");
    return { alternatives, find: ({ line }) => [...line.matchAll(expression)].map((found) => [found.index, found.index + found[0].length]) };
  }

  /** The ways to cut Latin letters into syllables; none where they are no pinyin. */
  function syllables(letters, known) {
    const ways = [];
    const cut = (rest, done) => {
      if (!rest) ways.push(done);
      for (let length = Math.min(6, rest.length); length && ways.length < 8 && done.length < 12; length--) {
        const syllable = rest.slice(0, length);
        if (syllable in known) cut(rest.slice(length).replace(/^['’]/, ""), [...done, syllable]);
      }
    };
    cut(letters, []);
    return ways;
  }

  const LATIN = /^[a-zü'’]+$/u;
  const ascii = (word) => word.replace(/ü/g, "v");

  /** The ways to read the query, one after the other, until one finds something; each with what to say of it. */
  async function* interpretations(words) {
    yield { terms: words.map(plain) };
    const table = await loadOr("traditional", ["", ""]);
    const [from, to] = table.map((characters) => [...characters]);
    const simplified = words.map((word) => [...word].map((character) => to[from.indexOf(character)] ?? character).join(""));
    if (simplified.join() !== words.join()) yield { terms: simplified.map(plain), said: "results_as", used: simplified.join(" ") };
    const known = await readings().catch(() => null);
    if (known) {
      const table = await load("readings");
      if (words.every((word) => LATIN.test(word))) {
        const joined = words.map((word) => syllables(ascii(word), table));
        if (joined.every((ways) => ways.length)) {
          const whole = joined.reduce((before, ways) => before.flatMap((start) => ways.map((way) => [...start, ...way])), [[]]).slice(0, 8);
          yield { terms: [sounding(whole, known)], said: "results_pinyin" };
          if (words.length > 1) yield { terms: joined.map((ways) => sounding(ways, known)), said: "results_pinyin" };
        }
      }
      const heard = simplified.map((word) => [...word].map((character) => known.get(character)));
      if (heard.every((word) => word.length > 1 && word.every(Boolean))) {
        const ways = heard.map((word) => word.reduce((before, some) => before.flatMap((start) => some.map((syllable) => [...start, syllable])).slice(0, 8), [[]]));
        yield { terms: ways.map((way) => sounding(way, known)), said: "results_sound" };
      }
    }
    for (const [wrong, word] of simplified.entries()) {
      const { length } = [...word];
      if (length < 3 || length > LONGEST || /[\d%]/.test(word)) continue; // another number is no slip of the pen
      yield { terms: simplified.map((other, index) => (index === wrong ? near : plain)(other)), said: "results_near" };
    }
  }

  // --- candidates ------------------------------------------------------------------------------------------------------

  /** Where the shard of a pair lies, as gongwen.publish.site.search computes it. */
  function shardOf(gram, count) {
    let hash = 0;
    for (const character of gram) hash = (Math.imul(hash, 31) + character.codePointAt(0)) >>> 0;
    return Math.floor(((Math.imul(hash, 0x9e3779b1) >>> 0) * count) / 2 ** 32);
  }

  /** The places in the list and the fields of the notices that hold `gram`; null where its shard is missing. */
  async function postings(gram, count) {
    const table = await loadOr(`pairs-${shardOf(gram, count)}`, null);
    if (!table) return null;
    const entries = new Map();
    let code = 0;
    for (const difference of table[gram] ?? []) {
      code += difference;
      entries.set(Math.floor(code / FIELD_BITS), code % FIELD_BITS);
    }
    return entries;
  }

  /** The notices in which all pairs of `grams` stand in one field; null where no shard of them came. */
  function together(grams, entries) {
    const known = grams.map((gram) => entries.get(gram)).filter(Boolean).sort((a, b) => a.size - b.size);
    if (!known.length) return null;
    const found = new Map();
    for (const [place, bits] of known[0]) {
      const common = known.reduce((before, some) => before & (some.get(place) ?? 0), bits);
      if (common) found.set(place, common);
    }
    return found;
  }

  /** The places in the list of the notices that may hold all of `terms`, those with a hit in the title first. */
  async function candidates(terms, settings) {
    if (!terms.length) return [...Array(settings.notices).keys()];
    const wanted = [...new Set(terms.flatMap((term) => term.alternatives.flat()))];
    const entries = new Map();
    await Promise.all(wanted.map(async (gram) => entries.set(gram, await postings(gram, settings.shards))));
    let found = null;
    for (const term of terms) {
      const any = term.alternatives.map((grams) => together(grams, entries)).filter(Boolean);
      if (!any.length) continue;
      const here = new Map();
      for (const some of any) for (const [place, bits] of some) here.set(place, (here.get(place) ?? 0) | bits);
      found = found === null ? here : new Map([...found].filter(([place]) => here.has(place)).map(([place, bits]) => [place, bits & here.get(place)]));
    }
    if (!found) throw new Error("pairs");
    return [...found].sort(([placeA, a], [placeB, b]) => (b & HEAD) - (a & HEAD) || placeA - placeB).map(([place]) => place);
  }

  async function record(place, settings) {
    const ids = await loadOr(`names-${Math.floor(place / settings.names)}`, null);
    return ids && loadOr(`notice-${ids[place % settings.names]}`, null);
  }

  // --- facets ----------------------------------------------------------------------------------------------------------

  /** What results can be narrowed down by: the values of each place, by facet, and the plan of which it is a version. */
  async function facetsOf(places, settings) {
    const numbers = [...new Set(places.map((place) => Math.floor(place / settings.names)))];
    const tables = new Map(await Promise.all(numbers.map(async (number) => [number, await loadOr(`facets-${number}`, null)])));
    return (place) => {
      const table = tables.get(Math.floor(place / settings.names));
      const row = place % settings.names;
      const value = (name) => (table ? table[name][0][table[name][1][row]] : "");
      return { year: [value("year")], issuers: value("issuers").split("、"), kind: [value("kind")], level: [value("level")], plan: table?.plan[row] ?? null };
    };
  }

  const chosen = (except = null) => choices.filter((choice) => choice.value && choice !== except);
  const fits = (values, wanted) => wanted.every((choice) => values[choice.dataset.facet].includes(choice.value === "-" ? "" : choice.value));

  /** Fills the choices with the values of `places`, each with the number of notices that the other choices leave. */
  function offer(places, of) {
    for (const choice of choices) {
      const name = choice.dataset.facet;
      const others = chosen(choice);
      const counts = new Map();
      let all = 0;
      for (const place of places) {
        const values = of(place);
        if (!fits(values, others)) continue;
        all++;
        for (const value of values[name]) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const order = name === "year" ? ([a], [b]) => (a < b ? 1 : -1) : ([a, n], [b, m]) => m - n || (a < b ? -1 : 1);
      const values = [...counts].sort(order).slice(0, OPTIONS);
      const selected = choice.value;
      if (selected && !values.some(([value]) => (value || "-") === selected)) values.push([selected === "-" ? "" : selected, 0]);
      choice.replaceChildren(option("", "facet.all", all), ...values.map(([value, n]) => {
        if (!value) return option("-", "facet.none", n);
        return name === "level" ? option(value, `facet.${value}`, n) : element("option", { value }, `${value}（${n}）`);
      }));
      choice.value = selected;
    }
  }

  function option(value, key, n) {
    const made = element("option", { value, "data-t": key, "data-n": n });
    made.textContent = label(key, made.dataset);
    return made;
  }

  // --- results ---------------------------------------------------------------------------------------------------------

  /** Where `terms` stand in a prepared text: [start, end) in characters of it, in order, none overlapping. */
  function hits(text, terms) {
    const found = terms.flatMap((term) => term.find(text)).map(([start, end]) => [text.origins[start], text.origins[end - 1] + 1]);
    found.sort((a, b) => a[0] - b[0]);
    let last = -1;
    return found.filter(([start, end]) => start >= last && ((last = end), true));
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  }

  /** `words` with their hits marked; around the first of them only, where `short`. */
  function marked(words, terms, short) {
    const text = prepared(words);
    const { characters } = text;
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

  const stands = (words, terms) => terms.some((term) => term.find(prepared(words)).length);

  const body = ([marker, title, text, rest]) => `${marker ?? ""}\n${title ?? ""}\n${text}\n${rest}`;

  /** The address of a passage: in the source view (b12), or on the notice's page (s3, or a list of it). */
  function address(id, anchor) {
    if (/^b\d/.test(anchor)) return `${root}sources/${id}.html#${anchor}`;
    return `${root}notices/${id}.html#${anchor.replace(/^s(?=\d)/, "section-")}`;
  }

  /** The notice as a result, or null where it does not hold all terms after all. */
  function result(notice, terms) {
    const heads = [notice.title, notice.number, notice.issuers, notice.date].map((text) => text ?? "");
    const names = notice.units.flatMap(([name, full]) => [name, full ?? ""]);
    const titles = notice.tasks.map(([, title]) => title ?? "");
    const bodies = [...notice.tasks.map(body), ...notice.passages.map(([, text]) => text)];
    const texts = [...heads, ...names, ...titles, ...bodies].map(prepared);
    const few = texts.slice(0, heads.length + names.length + titles.length);
    if (!terms.every((term) => (term.names ? few : texts).some((text) => term.find(text).length))) return null;
    const anywhere = terms.filter((term) => !term.names);
    const holds = ([, title]) => stands(title ?? "", terms);
    const page = `${root}notices/${notice.id}.html`;
    const item = element("li", {}, element("a", { class: "title", href: page, lang: "zh-Hans" }, ...marked(notice.title ?? notice.id, terms)));
    const facts = [notice.number, notice.date, notice.issuers].filter(Boolean).map((fact) => element("span", { lang: "zh-Hans" }, ...marked(fact, terms)));
    item.append(element("p", { class: "facts" }, ...facts));
    const units = notice.units.filter(([name, full]) => stands(`${name}\n${full ?? ""}`, terms));
    if (units.length) {
      const links = units.map(([name, full, key]) => {
        const shown = stands(name, terms) || !full ? name : full;
        return element(key ? "a" : "span", key ? { href: `${root}units/${key}.html` } : {}, ...marked(shown, terms));
      });
      item.append(element("p", { class: "chips", lang: "zh-Hans" }, ...links));
    }
    const tasks = [...notice.tasks.entries()].filter(([, task]) => holds(task) || stands(body(task), anywhere));
    const shown = tasks.slice(0, EXCERPTS).map(([index, [marker, title, text, rest]]) => {
      const link = element("a", { href: `${page}#task-${index + 1}` }, `${marker ?? index + 1} `, ...marked(title ?? "", terms));
      const excerpt = [text, rest].find((words) => stands(words, anywhere));
      return element("li", {}, link, " ", ...(excerpt ? marked(excerpt, anywhere, true) : []));
    });
    if (tasks.length > shown.length) shown.push(element("li", {}, worded("more_tasks", { n: tasks.length - shown.length })));
    const passages = notice.passages.filter(([, text]) => stands(text, anywhere)).slice(0, Math.max(0, EXCERPTS - tasks.length));
    shown.push(...passages.map(([anchor, text]) => element("li", {}, element("a", { href: address(notice.id, anchor) }, ...marked(text, anywhere, true)))));
    if (shown.length) item.append(element("ul", { class: "excerpts", lang: "zh-Hans" }, ...shown));
    return item;
  }

  /** Another version of a plan among the results, below the first of them. */
  function addVersion(item, notice, terms) {
    let versions = item.querySelector(".others");
    if (!versions) {
      versions = element("ul", { class: "others", lang: "zh-Hans" });
      item.append(element("p", { class: "note" }, worded("other_versions")), versions);
    }
    versions.append(element("li", {}, element("a", { href: `${root}notices/${notice.id}.html` }, ...marked(notice.title ?? notice.id, terms)), ` ${notice.date ?? ""}`));
  }

  /** The label `key` as an element that the language switch finds. */
  function worded(key, values = {}) {
    const made = element("span", { "data-t": key });
    for (const [name, value] of Object.entries(values)) made.dataset[name] = value;
    made.textContent = label(key, made.dataset);
    made.lang = document.documentElement.lang;
    return made;
  }

  const say = (...parts) => status.replaceChildren(...parts.flatMap(([key, values]) => [worded(key, values), " "]));

  /** Says which files did not come, with a button to ask for them again. */
  function report() {
    if (!missing.size) return trouble.replaceChildren();
    const names = [...missing].map((name) => `search/${name}.js`);
    const again = element("button", { type: "button" }, worded("try_again"));
    again.addEventListener("click", () => {
      query.focus();
      search();
    });
    trouble.replaceChildren(worded("files_missing", { n: names.length, names: names.slice(0, 3).join(", ") }), " ", again);
  }

  function clear() {
    status.replaceChildren();
    trouble.replaceChildren();
    results.hidden = more.hidden = true;
    list.hidden = false;
  }

  async function search() {
    const number = ++latest;
    const words = [...new Set(foldAll(query.value).split(/\s+/u).filter(Boolean))];
    missing.clear();
    results.replaceChildren();
    trouble.replaceChildren();
    more.hidden = true;
    if (!words.length && !facets.open && !chosen().length) return clear();
    list.hidden = true;
    results.hidden = false;
    say(["searching"]);
    try {
      await answer(words, () => number === latest);
    } catch (error) {
      if (number !== latest) return;
      if (!missing.size) throw error;
      say(["search_failed"]);
    }
    if (number === latest) report();
  }

  /** Shows what one of the interpretations of `words` finds; `current` says whether it is still asked for. */
  async function answer(words, current) {
    const settings = await load("settings");
    for await (const { terms, said, used } of words.length ? interpretations(words) : [{ terms: [] }]) {
      const all = await candidates(terms, settings);
      if (!current()) return;
      if (!all.length) continue;
      const of = await facetsOf(all, settings);
      const shown = new Pages(all, of, terms, settings, current, said && [said, { asked: query.value.trim(), used: used ?? "" }]);
      const begun = await shown.begin();
      if (!current() || begun) return;
    }
    if (current()) {
      offer([], () => ({}));
      say([missing.size ? "search_failed" : "no_results"]);
    }
  }

  /** The results of one interpretation, some at a time. */
  class Pages {
    constructor(all, of, terms, settings, current, said) {
      Object.assign(this, { all, of, terms, settings, current, said, at: 0, hits: 0, plans: new Map(), proven: null });
    }

    /** Shows the first results; false where there are none. */
    async begin() {
      if (this.all.length <= PROVEN && this.terms.length) {
        const kept = await Promise.all(this.all.map(async (place) => result((await record(place, this.settings)) ?? { units: [], tasks: [], passages: [] }, this.terms)));
        this.all = this.all.filter((_, index) => kept[index]);
        if (!this.all.length) return false;
        this.proven = true;
      } else if (this.terms.every((term) => term.exact)) {
        this.proven = true; // one pair stands where it stands
      } else if (!(await this.anyOf(SCANNED))) return false;
      if (!this.current()) return true;
      offer(this.all, this.of);
      this.places = this.all.filter((place) => fits(this.of(place), chosen()));
      more.onclick = () => this.next(true);
      await this.next(false);
      return true;
    }

    /** Whether one of the first candidates holds the terms after all. */
    async anyOf(most) {
      for (const place of this.all.slice(0, most)) {
        const notice = await record(place, this.settings);
        if (notice && result(notice, this.terms)) return true;
      }
      return this.all.length > most;
    }

    async next(focus) {
      const items = [];
      let scanned = 0;
      while (this.at < this.places.length && items.length < SHOWN && scanned < SCANNED) {
        const place = this.places[this.at++];
        const notice = await record(place, this.settings);
        if (!this.current()) return;
        scanned++;
        const item = notice && result(notice, this.terms);
        if (!item) continue;
        this.hits++;
        const { plan } = this.of(place);
        const first = plan === null ? null : this.plans.get(plan);
        if (first) {
          addVersion(first, notice, this.terms);
          continue;
        }
        if (plan !== null) this.plans.set(plan, item);
        items.push(item);
      }
      results.append(...items);
      keepWords(results);
      more.hidden = this.at >= this.places.length;
      const exact = more.hidden || this.proven;
      const n = more.hidden ? this.hits : this.places.length;
      say(...(this.said ? [this.said] : []), n ? [exact ? "results_n" : "results_about", { n }] : ["no_results"]);
      report();
      if (focus) items[0]?.querySelector("a").focus();
    }
  }

  // --- the form ----------------------------------------------------------------------------------------------------------

  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    const wanted = choices.map((choice) => asked.get(choice.dataset.facet) ?? "");
    const same = (asked.get("q") ?? "") === query.value && choices.every((choice, index) => choice.value === wanted[index]);
    if (same && !asked.has("q")) return;
    query.value = asked.get("q") ?? "";
    choices.forEach((choice, index) => {
      if (wanted[index] && ![...choice.options].some(({ value }) => value === wanted[index])) choice.append(element("option", { value: wanted[index] }, wanted[index]));
      choice.value = wanted[index];
    });
    if (wanted.some(Boolean)) facets.open = true;
    search();
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
  for (const choice of choices) choice.addEventListener("change", remember);
  facets.addEventListener("toggle", () => {
    if (!query.value.trim() && !chosen().length) search();
  });

  /** The query becomes part of the address, so that a search can be linked. */
  function remember() {
    const asked = new URLSearchParams();
    if (query.value.trim()) asked.set("q", query.value.trim());
    for (const choice of chosen()) asked.set(choice.dataset.facet, choice.value);
    try {
      history.replaceState(null, "", asked.size || `${asked}` ? `#${asked}` : location.pathname + location.search);
    } catch {
      // some browsers do not let a page from a folder change its address
    }
    search();
  }

  form.hidden = false;
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
})();
