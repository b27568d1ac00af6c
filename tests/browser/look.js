// Looks at an email as it is laid out: gives what can be seen to be wrong, in words.

// The boxes of the words in an element, a line each, with the text node that they belong to.
function words(element) {
  const found = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("style, title, .preheader, .empty")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 0.5) found.push({ node, left: box.left, right: box.right, top: box.top, bottom: box.bottom });
    }
  }
  return found;
}

function said() {
  return document.querySelector(".sheet").innerText.split(/\s+/).join(" ");
}

function look() {
  const wrong = new Set();
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) wrong.add(`scrolls sideways by ${wide}`);
  const boxes = words(document.body);
  for (const one of boxes) {
    for (const fault of alone(one)) wrong.add(`${fault}: ${one.node.data.trim().slice(0, 60)}`);
  }
  for (const [one, other] of pairs(boxes)) {
    wrong.add(`${one.node.data.trim().slice(0, 40)} lies on ${other.node.data.trim().slice(0, 40)}`);
  }
  for (const node of unseen(boxes)) wrong.add(`is not seen: ${node.data.trim().slice(0, 60)}`);
  return [...wrong];
}

function* alone(one) {
  const element = one.node.parentElement;
  const cell = element.closest("td").getBoundingClientRect();
  if (one.left < cell.left - 1 || one.right > cell.right + 1) yield "leaves its cell";
  if (one.top < cell.top - 3 || one.bottom > cell.bottom + 3) yield "leaves its cell up or down";
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const ratio = contrast(rgb(style.color), behind(element));
  if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5)) yield `contrast ${ratio.toFixed(2)}`;
  if (size < 14) yield `${size} px`;
}

// Two lines of one text may touch; anything else that shares more than a hair does not.
function* pairs(boxes) {
  const sorted = [...boxes].sort((one, other) => one.top - other.top);
  for (let place = 0; place < sorted.length; place += 1) {
    for (let next = place + 1; next < sorted.length && sorted[next].top < sorted[place].bottom - 2; next += 1) {
      const [one, other] = [sorted[place], sorted[next]];
      if (one.node === other.node) continue;
      if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2) yield [one, other];
    }
  }
}

function* unseen(boxes) {
  const seen = new Set(boxes.map((one) => one.node));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.trim() && !seen.has(node) && !node.parentElement.closest("style, .preheader")) yield node;
  }
}

function rgb(written) {
  return written.match(/[\d.]+/g).map(Number);
}

function behind(element) {
  for (let one = element; one; one = one.parentElement) {
    const found = rgb(getComputedStyle(one).backgroundColor);
    if (found.length < 4 || found[3] > 0) return found;
  }
  return [255, 255, 255];
}

function contrast(one, other) {
  const [dark, light] = [one, other].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour) {
  const [red, green, blue] = colour.slice(0, 3).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// The direction of each title's cell, and from which side the title runs.
function titles() {
  return [...document.querySelectorAll("h3")].map((one) => {
    const [frame, boxes] = [one.getBoundingClientRect(), words(one)];
    const left = Math.min(...boxes.map((box) => box.left)) - frame.left;
    const right = frame.right - Math.max(...boxes.map((box) => box.right));
    return [one.closest("td").dir, right < left ? "right" : "left"];
  });
}

function twice() {
  const all = [...document.querySelectorAll("body, body *")];
  const sizes = all.map((one) => parseFloat(getComputedStyle(one).fontSize));
  all.forEach((one, place) => one.style.setProperty("font-size", `${2 * sizes[place]}px`, "important"));
}

Object.assign(window, { words, said, look, titles, twice });
