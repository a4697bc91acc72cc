/* One cell for each school, coloured and signed by the press that fared worst. */

const STATES = {
  lost: { sign: "✗", name: "lost", about: "a press is in no ledger" },
  partly: { sign: "◐", name: "in part", about: "a press is missing at a centre that it was sent to" },
  undurable: { sign: "▽", name: "undurable", about: "a device was hit before a press was durable" },
  slow: { sign: "!", name: "slow", about: "every press where it belongs, a receipt took more than 2 s" },
  delivered: { sign: "✓", name: "delivered", about: "every press where it belongs, each receipt within 2 s" },
  quiet: { sign: "·", name: "quiet", about: "nobody pressed" },
};

function schoolText(s) {
  const slowest = s.max_ms === undefined ? "no receipt" : "slowest receipt " + duration(s.max_ms);
  return s.name + ": " + STATES[s.state].about + "; " + presses(s) + " on " + s.devices + " devices; " + slowest;
}

function presses(s) {
  const count = s.alarms + (s.alarms === 1 ? " press" : " presses");
  return s.drills ? count + ", " + (s.drills === s.alarms ? "in a drill" : s.drills + " of them in a drill") : count;
}

/** Arrow keys go from cell to cell; one cell at a time can be reached by tab. */
function walk(event, cells) {
  const columns = cells.filter((cell) => cell.offsetTop === cells[0].offsetTop).length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -cells.length, End: cells.length }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = Math.min(cells.length - 1, Math.max(0, cells.indexOf(event.target) + step));
  cells[next].focus();
}

function schools() {
  if (!data.schools.length) return;
  const element = section("schools", "Schools");
  const counts = Object.entries(STATES).map(([key, state]) => [key, state, data.schools.filter((s) => s.state === key).length]);
  const drills = data.schools.filter((s) => s.drills).length;
  const drill = make("li", {}, make("span", { class: "cell drills", "aria-hidden": "true" }, "\u00a0"), " " + drills
    + " with a drill: a press in it belongs to the centres that take part in drills, and to no other");
  element.append(make("ul", { class: "key" }, ...counts.filter(([, , count]) => count).map(([key, state, count]) =>
    make("li", {}, make("span", { class: "cell " + key, "aria-hidden": "true" }, state.sign), " " + count + " " + state.name + ": " + state.about)), ...(drills ? [drill] : [])));
  const many = data.schools.length > 60;
  const told = make("p", { class: "told", "aria-live": "polite" }, (many ? "" : "In a cell: presses · those in a drill · slowest receipt. ") + "Point at a school, or walk with the arrow keys, to read its figures.");
  const grid = make("div", { class: "schools" + (many ? " many" : ""), role: "list" });
  const cells = data.schools.map((s, i) => {
    const cell = make("div", { class: "cell " + s.state + (s.drills ? " drills" : ""), role: "listitem", tabindex: i ? "-1" : "0", title: schoolText(s), "aria-label": schoolText(s) });
    cell.append(make("span", { class: "sign" }, STATES[s.state].sign));
    if (!many) {
      cell.append(make("span", { class: "name" }, s.name),
        make("span", { class: "figures" }, s.alarms + (s.drills ? " · " + s.drills + " drill" : "") + " · " + (s.max_ms === undefined ? "–" : duration(s.max_ms))));
    }
    const tell = () => { told.textContent = schoolText(s); };
    cell.addEventListener("pointerenter", tell);
    cell.addEventListener("focus", () => {
      tell();
      cells.forEach((other) => { other.tabIndex = other === cell ? 0 : -1; });
    });
    return cell;
  });
  grid.addEventListener("keydown", (event) => walk(event, cells));
  grid.append(...cells);
  element.append(grid, told);
  drawn.schools = cells.length;
  const order = Object.keys(STATES);
  const worst = [...data.schools].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (b.max_ms || 0) - (a.max_ms || 0));
  element.append(make("details", {}, make("summary", {}, "As a table, the worst first"),
    table("Schools", ["school", "state", "#devices", "#presses", "#in a drill", "#slowest receipt"], worst.map((s) =>
      [s.name, STATES[s.state].name, String(s.devices), String(s.alarms), String(s.drills), s.max_ms === undefined ? "–" : duration(s.max_ms)]))));
}
