// Answers become the sidecar of a notice. What the page shows is whole without this script.
"use strict";
(() => {
  const words = JSON.parse(document.body.dataset.words);
  const english = document.getElementById("english");
  const say = (key) => words[key][english.checked ? 1 : 0];
  const given = (element) => element.value.trim();
  let unsaved = false;

  // A basic string of TOML: JSON's escapes are among its own, but for DEL and halves of surrogate pairs.
  const quoted = (text) =>
    JSON.stringify(text.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(/\u007f/g, "\\u007f");
  const scalar = (value) => (typeof value === "number" ? String(value) : quoted(value));
  const line = (key, value) => (value === null ? "" : `${key} = ${scalar(value)}\n`);

  /** What was chosen for a value: undefined where it is kept. */
  function chosen(field) {
    const value = given(field);
    if (field.tagName === "SELECT") {
      const option = field.selectedOptions[0];
      return option.dataset.value === undefined ? undefined : JSON.parse(option.dataset.value);
    }
    const removed = field.closest("li").querySelector(".remove");
    if (removed?.checked) return null;
    return value === "" ? undefined : value;
  }

  /** The answers of a notice as tables of TOML; a string says what is missing, and the element is where. */
  function answers(section) {
    const who = document.getElementById("who"), when = document.getElementById("when");
    const tables = new Map();
    for (const doubt of section.querySelectorAll("article")) {
      const reason = doubt.querySelector(".reason");
      let answered = false;
      for (const field of doubt.querySelectorAll("[data-pointer]")) {
        const value = chosen(field), old = JSON.parse(field.dataset.old);
        if (value === undefined || value === old || field.dataset.mirrored) continue;
        answered = true;
        const pointer = JSON.parse(field.dataset.pointer);
        tables.set(`set ${pointer}`, "[[set]]\n" + line("pointer", pointer) + line("old", old) + line("value", value) +
          line("reason", given(reason)) + line("who", given(who)) + `when = ${when.value}\n`);
      }
      const text = doubt.querySelector(".wording");
      if (text && text.value !== text.defaultValue) {
        answered = true;
        const occurrence = JSON.parse(text.dataset.occurrence);
        tables.set(`correction ${text.dataset.found} ${occurrence}`, "[[correction]]\n" + line("found", JSON.parse(text.dataset.found)) +
          line("replacement", text.value) + line("reason", `${given(reason)} (${given(who)}, ${when.value})`) + line("occurrence", occurrence));
      }
      if (answered && given(reason) === "") return { lacks: "lacks_reason", at: reason };
    }
    if (tables.size && (given(who) === "" || !when.value)) return { lacks: "lacks_who", at: given(who) === "" ? who : when };
    return tables.size ? { tables: [...tables.values()] } : { lacks: "no_answer", at: null };
  }

  function download(section) {
    const status = section.querySelector("[role=status]");
    const found = answers(section);
    if (found.lacks) {
      status.textContent = say(found.lacks);
      found.at?.focus();
      return;
    }
    const before = JSON.parse(section.dataset.sidecar);
    const content = [before && before.replace(/\n*$/, "\n"), ...found.tables].filter(Boolean).join("\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "application/toml" }));
    link.download = JSON.parse(section.dataset.file).split("/").pop();
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    status.textContent = `${found.tables.length} ${say("answers")}. ${say("save_as")} ${JSON.parse(section.dataset.file)}`;
    unsaved = false;
  }

  /** The same value may stand in several doubts: they are answered together. */
  function mirror(field) {
    if (field.dataset.pointer === undefined) return;
    delete field.dataset.mirrored;
    for (const other of field.closest("section").querySelectorAll("[data-pointer]")) {
      if (other !== field && other.dataset.pointer === field.dataset.pointer) {
        other.value = field.value;
        other.selectedIndex = field.selectedIndex;
        other.dataset.mirrored = "true";
      }
    }
  }

  for (const element of document.querySelectorAll(".answer, .person")) element.hidden = false;
  const now = new Date();
  document.getElementById("when").value =
    `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  const language = () => {
    document.documentElement.lang = english.checked ? "en" : "zh-Hans";
    for (const option of document.querySelectorAll("option[data-words]")) option.textContent = JSON.parse(option.dataset.words)[english.checked ? 1 : 0];
  };
  if (!navigator.language.startsWith("zh")) english.checked = true;
  language();
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (field.name === "language") return language();
    if (field.classList.contains("looked-at")) field.closest("article").classList.toggle("done", field.checked);
    if (field.closest("article")) unsaved = true;
    mirror(field);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.download");
    if (button) download(button.closest("section"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=checkbox], [type=radio]), select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (!step) return;
    const places = [...document.querySelectorAll("article")].filter((place) => place.offsetParent !== null);
    const at = places.indexOf(document.activeElement?.closest("article"));
    const next = places[at < 0 ? (step > 0 ? 0 : places.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
})();
