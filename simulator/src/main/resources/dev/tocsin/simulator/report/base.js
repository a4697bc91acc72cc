"use strict";
/* What all parts of the page share. Text from the data goes into the page as text only, never as markup. */

const data = JSON.parse(document.getElementById("data").textContent);
const result = data.result;
const SVG = "http://www.w3.org/2000/svg";

/** A new element: its attributes, then its children, elements or text. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** The same for a drawing. */
function draw(parent, name, attributes = {}, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  parent.append(element);
  return element;
}

/** What an element of a drawing says when the pointer rests on it. */
function hint(element, text) {
  draw(element, "title", {}, text);
}

/** A section of the page with its heading, in the page. */
function section(id, heading, ...about) {
  const element = make("section", { id, "aria-labelledby": id + "-heading" }, make("h2", { id: id + "-heading" }, heading));
  for (const text of about) element.append(make("p", { class: "about" }, text));
  document.getElementById("page").append(element);
  return element;
}

/**
 * A table in a frame that scrolls by itself. Columns whose head begins with "#" hold numbers. A cell is text or an element.
 */
function table(caption, heads, rows) {
  const numeric = heads.map((head) => head.startsWith("#"));
  const cell = (name, content, i, extra = {}) => make(name, { ...extra, ...(numeric[i] ? { class: "number" } : {}) }, content);
  return make("div", { class: "frame", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...heads.map((head, i) => cell("th", head.replace(/^#/, ""), i, { scope: "col" })))),
      make("tbody", {}, ...rows.map((row) =>
        make("tr", {}, ...row.map((content, i) => i ? cell("td", content, i) : cell("th", content, i, { scope: "row" })))))));
}

/** A verdict as a word with its own sign, so that colour is never alone. */
function verdictBadge(verdict) {
  const sign = { held: "✓", violated: "✗", inconclusive: "?" }[verdict] || "?";
  return make("span", { class: "badge " + verdict }, sign + " " + verdict);
}

/** Digits that a reader needs: 3 of them, more before the point. */
function digits(value) {
  if (value === 0) return "0";
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

/** A duration of so many milliseconds, in the unit that suits it. */
function duration(ms) {
  const size = Math.abs(ms);
  if (size < 1 && size > 0) return digits(ms * 1000) + " µs";
  if (size < 1000) return digits(ms) + " ms";
  if (size < 120000) return digits(ms / 1000) + " s";
  if (size < 7200000) return digits(ms / 60000) + " min";
  return size < 172800000 ? digits(ms / 3600000) + " h" : digits(ms / 86400000) + " d";
}

/** A name as this program writes it, in words. */
function words(key) {
  return key.replaceAll("_", " ");
}

/** A colour or length of the style sheet, as it is now: light, dark or paper. */
function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** Things to draw again when width or colours change. */
const redraws = [];
const drawn = { plots: 0, timeline: 0, schools: 0 };

/** Draws now, and again whenever it must. Says in the document's root how much stands there, for whoever checks the page. */
function keepDrawn(task) {
  redraws.push(task);
  task();
}

function redraw() {
  drawn.plots = 0;
  redraws.forEach((task) => task());
  tellDrawn();
}

function tellDrawn() {
  document.documentElement.dataset.drawn = Object.entries(drawn).map(([what, count]) => what + "=" + count).join(" ");
}
