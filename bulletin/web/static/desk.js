// What the pages do beyond plain forms; without this script every page still works.
"use strict";

const $ = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const STORE = { keys: "bulletin-keys", pane: "bulletin-preview" };

// Storage may be forbidden in a browser; then nothing is remembered.
const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not allowed */ } };
const recall = (name) => { try { return localStorage.getItem(name); } catch { return null; } };

document.addEventListener("DOMContentLoaded", () => {
  $("[data-focus]")?.focus();
  for (const button of all("[data-opens]")) {
    button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
  }
  if ($("#sheet")) review();
});

function review() {
  if (innerWidth < 1024) $(".contents").open = false;
  let current = null; // the id of the item that has the keys
  let place = 0; // and where it stood, for when it goes
  const cards = () => all("#sheet .item[data-item]");
  const card = () => (current && document.getElementById(`item-${current}`)) || null;

  function go(target) {
    if (!target) return;
    current = target.dataset.item;
    place = cards().indexOf(target);
    const article = $("article", target);
    article.focus({ preventScroll: true });
    target.scrollIntoView({ block: "nearest" });
  }
  function step(by) {
    const found = cards();
    const here = card() ? found.indexOf(card()) + by : 0;
    go(found[Math.max(0, Math.min(found.length - 1, here))]);
  }
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest(".item[data-item]");
    if (item) { current = item.dataset.item; place = cards().indexOf(item); }
  });

  // What to do once the answer is there: rulings go on to the next item, everything else stays.
  const ONWARD = new Set(["accept", "discard", "unsure", "leave out", "move"]);
  let after = null;
  // Who types faster than answers come has the keys wait for them: each was meant for the item that comes next.
  let busy = false, settling = false;
  const waiting = [];
  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.groups = all("#sheet .group").map((group) => group.dataset.topic).join(" ");
    const item = event.detail.elt.closest(".item[data-item]");
    if (event.detail.verb !== "post" || !item) { after = null; return; }
    const found = cards();
    const here = found.indexOf(item);
    after = { item: item.dataset.item, onward: ONWARD.has(event.detail.parameters.act),
      next: found[here + 1]?.dataset.item, place: here };
  });
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post") busy = true;
    if (event.detail.target?.classList.contains("more")) event.detail.target.textContent = "Looking…";
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target?.id === "preview-pane") return;
    refreshPane();
    const focus = $("[data-focus]", event.detail.target) || $(".editing input[name=title]", event.detail.elt);
    if (focus) focus.focus();
    // Only now do the new forms listen; each piece of an answer says so, and the first one is enough.
    if (busy && !settling && event.detail.requestConfig?.verb === "post") {
      settling = true;
      setTimeout(answered, 0, !focus);
    }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig?.verb === "post" && event.detail.failed) answered(false);
  });
  function answered(well) {
    if (!busy) return;
    busy = settling = false;
    if (well && !$("#say.alarm")) settle(after);
    else waiting.length = 0; // what was typed ahead was meant for another state of things
    after = null;
    if (waiting.length) type(waiting.shift());
  }
  function settle(done) {
    if (!done) { go((undone && document.getElementById(`item-${undone}`)) || card() || cards()[place]); undone = null; return; }
    const same = document.getElementById(`item-${done.item}`);
    const next = done.next && document.getElementById(`item-${done.next}`);
    go(done.onward ? next || cards()[Math.min(done.place, cards().length - 1)] : same || next);
  }

  let undone = null;
  document.body.addEventListener("undone", (event) => { undone = event.detail.item; });

  // Keys; they can be switched off (WCAG 2.1.4).
  const on = $("#keys-on");
  on.checked = recall(STORE.keys) !== "off";
  on.addEventListener("change", () => remember(STORE.keys, on.checked ? "on" : "off"));
  const press = (act) => $(`.act button[value="${act}"]`, card() || document.createElement("i"))?.click();
  function moveTo(topic, act) {
    const choice = $(".act select[name=topic]", card() || document.createElement("i"));
    if (!choice) return;
    if (![...choice.options].some((option) => option.value === topic)) choice.add(new Option(topic, topic));
    choice.value = topic;
    press(act);
  }
  const KEYS = {
    j: () => step(1), k: () => step(-1),
    a: () => press("accept"), x: () => press("discard"), s: () => press("unsure"), o: () => press("leave out"),
    p: () => { press("pick"); press("unpick"); },
    J: () => press("down"), K: () => press("up"),
    e: () => $('.act [data-key="e"]', card() || document)?.click(),
    w: () => $(".act [hx-get$=why]", card() || document)?.click(),
    h: () => pick("move"), H: () => pick("add"),
    u: () => $("#undo button:not(:disabled)")?.click(),
    v: () => togglePane(), "?": () => $("#keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") { const item = event.target.closest(".item"); if (item) go(item); }
      return;
    }
    if (!on.checked && event.key !== "?") return;
    if (!(event.key in KEYS) && !topicOf(event.key)) return;
    event.preventDefault();
    if (busy) waiting.push(event.key);
    else type(event.key);
  });
  const topicOf = (key) => $(`.headings li[data-number="${CSS.escape(key)}"]`)?.dataset.topic;
  function type(key) {
    const topic = topicOf(key);
    if (topic) moveTo(topic, "move");
    else KEYS[key]();
    if (!busy && waiting.length) type(waiting.shift()); // a key that asks for nothing has no answer to wait for
  }

  // The heading picker: type a few letters, choose with the arrows.
  const picker = $("#picker"), find = $("#picker-find"), options = () => all("#picker-list [role=option]:not([hidden])");
  let wanted = "move";
  function pick(act) {
    if (!card()) return;
    wanted = act;
    find.value = "";
    filter();
    picker.showModal();
    find.focus();
  }
  function choose(option) {
    for (const other of all("#picker-list [role=option]")) other.setAttribute("aria-selected", String(other === option));
    if (option) { find.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
  }
  function filter() {
    const words = find.value.toLowerCase();
    for (const option of all("#picker-list [role=option]")) option.hidden = !option.textContent.toLowerCase().includes(words);
    choose(options()[0]);
  }
  function take(option) {
    if (!option) return;
    picker.close();
    moveTo(option.dataset.topic, wanted);
  }
  find.addEventListener("input", filter);
  find.addEventListener("keydown", (event) => {
    const found = options(), here = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown") choose(found[Math.min(found.length - 1, here + 1)]);
    else if (event.key === "ArrowUp") choose(found[Math.max(0, here - 1)]);
    else if (event.key === "Enter") take(found[here]);
    else return;
    event.preventDefault();
  });
  $("#picker-list").addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  picker.addEventListener("close", () => go(card()));

  // Drag an item before another one of its heading.
  let dragged = null;
  const sheet = $("#sheet");
  sheet.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".item[data-item]");
    dragged?.classList.add("dragged");
  });
  sheet.addEventListener("dragover", (event) => {
    const over = event.target.closest(".item[data-item]");
    if (!dragged || !over || over.parentNode !== dragged.parentNode) return;
    event.preventDefault();
    for (const other of all(".item.over")) other.classList.remove("over");
    over.classList.add("over");
  });
  sheet.addEventListener("dragend", () => {
    for (const item of all(".item.dragged, .item.over")) item.classList.remove("dragged", "over");
    dragged = null;
  });
  sheet.addEventListener("drop", (event) => {
    const over = event.target.closest(".item[data-item]");
    if (!dragged || !over || over === dragged || over.parentNode !== dragged.parentNode) return;
    event.preventDefault();
    const siblings = [...over.parentNode.children].filter((item) => item !== dragged);
    const behind = siblings[siblings.indexOf(over) - 1]?.dataset.item || "";
    const form = $("form.act", dragged);
    const values = { act: "behind", behind, csrf: form.csrf.value, token: form.token.value };
    htmx.ajax("POST", form.getAttribute("hx-post"), { source: form, values, swap: "none" });
  });

  // The preview beside the items: the same page as without a script, in a pane.
  const pane = $("#preview-pane"), link = $("[data-preview]"), columns = $(".columns");
  let later = null;
  function load(url) { htmx.ajax("GET", url, { target: "#preview-pane", swap: "innerHTML" }); }
  function togglePane(open = pane.hidden) {
    pane.hidden = !open;
    columns.classList.toggle("with-pane", open);
    remember(STORE.pane, open ? "open" : "closed");
    if (open) load($("[data-here]", pane)?.dataset.here || link.dataset.preview);
  }
  function refreshPane() {
    if (pane.hidden) return;
    clearTimeout(later);
    later = setTimeout(() => load($("[data-here]", pane)?.dataset.here || link.dataset.preview), 600);
  }
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || innerWidth < 1024) return;
    event.preventDefault();
    togglePane();
  });
  if (recall(STORE.pane) === "open" && innerWidth >= 1280) togglePane(true);

  // "Close" and "Keep theirs" load the page anew, which a link to a place on the same page would not.
  document.addEventListener("click", (event) => {
    const reload = event.target.closest("[data-reload]");
    if (!reload) return;
    event.preventDefault();
    location.hash = new URL(reload.href).hash;
    location.reload();
  });
}
