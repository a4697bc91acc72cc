/* Verdict, expectations, tallies, tables: all that is words and numbers. */

function copyable(command) {
  const button = make("button", { type: "button" }, "Copy");
  const code = make("code", {}, command);
  button.addEventListener("click", () => {
    const selection = getSelection();
    selection.selectAllChildren(code);
    button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
  });
  return make("div", { class: "command" }, code, button);
}

function verdict() {
  const meaning = {
    held: "Everything that was expected held.",
    violated: "Something that was expected did not hold.",
    inconclusive: "Too little happened to say.",
  };
  const element = make("section", { id: "verdict", class: result.verdict, "aria-label": "Verdict" },
    make("p", { class: "scenario" }, "Tocsin · " + result.scenario),
    make("h1", {}, verdictBadge(result.verdict)),
    make("p", { class: "meaning" }, meaning[result.verdict] || ""));
  if (result.cut_short) element.append(make("p", { class: "wrong" }, "Cut short: " + result.cut_short));
  if (data.story) element.append(make("p", { class: "story" }, data.story));
  const facts = [
    ["world", result.world],
    ["devices", String(result.devices)],
    ["schools", String(data.schools.length)],
    ["centres", (result.centres || []).join(", ")],
    ["scenario took", duration(result.simulated_s * 1000)],
    ["whole run took", duration(result.wall_s * 1000)],
    ["contacts", (result.input || {}).kind || ""],
    ["seed", data.seed],
    ["commit", data.commit || "not known"],
    ["digest", result.digest],
  ];
  element.append(make("dl", { class: "facts" },
    ...facts.filter(([, value]) => value !== "").map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)))));
  if (result.input && result.input.note) element.append(make("p", { class: "about" }, result.input.note));
  element.append(make("p", { class: "label" }, "The same again"), copyable(data.replay));
  document.getElementById("page").append(element);
}

function expectations() {
  const element = section("expectations", "What was expected");
  element.append(make("ul", { class: "expectations" }, ...result.expectations.map((e) =>
    make("li", { class: e.verdict }, verdictBadge(e.verdict), make("strong", {}, e.id), make("span", {}, e.detail))),
    ...(result.unexamined || []).map((e) =>
      make("li", { class: "unexamined" }, make("span", { class: "badge" }, "nothing to see"), make("strong", {}, e.id),
        make("span", {}, e.examined + " looked at: neither held nor violated here")))));
  const wrong = result.wrong || [];
  if (wrong.length) {
    element.append(make("details", { open: "" },
      make("summary", {}, wrong.length + (wrong.length === 1 ? " thing is wrong" : " things are wrong")),
      make("ul", { class: "wrong" }, ...wrong.slice(0, 20).map((text) => make("li", {}, text))),
      ...(wrong.length > 20 ? [make("p", { class: "about" }, "The others are in result.json.")] : [])));
  }
}

/** Whatever the tally holds, those that must be 0 marked where they are not. */
function alarms() {
  const element = section("alarms", "Alarms", "Presses of the panic button. Beneath: " + (result.others_of || "everything else") + ".");
  const bad = new Set(["lost", "duplicated", "conflicts", "forged_accepted", "undurable"]);
  const tiles = Object.entries(result.alarms).map(([name, count]) => {
    const mood = bad.has(name) ? (count ? "bad" : "good") : "";
    return make("div", { class: "tile " + mood }, make("span", { class: "count" }, count.toLocaleString("en")), make("span", {}, words(name)));
  });
  element.append(make("div", { class: "tiles" }, ...tiles));
  element.append(make("p", { class: "about" }, Object.entries(result.others || {}).map(([name, count]) => words(name) + " " + count).join(" · ")));
}

/** The latencies of result.json, flattened: a row for each stage and centre. */
function latencyRows(latencies, suffix) {
  const row = (name, d) => [name + suffix, d.count.toLocaleString("en"), ...["p50", "p95", "p99", "p999", "max"].map((q) => d.count ? d[q].toFixed(1) : "–")];
  const rows = [];
  for (const [stage, d] of Object.entries(latencies)) {
    const name = words(stage).replace(" to ", " → ");
    rows.push(row(name, d));
    for (const [centre, at] of Object.entries(d.by_centre || {})) rows.push(row(name + ", " + centre, at));
  }
  return rows;
}

function latencyTable(element) {
  const heads = ["stage", "#samples", "#p50", "#p95", "#p99", "#p99.9", "#max"];
  element.append(table("Milliseconds, all alarms", heads, latencyRows(result.latency_ms, "")));
  if (result.latency_no_fault_ms) {
    element.append(table("Milliseconds, alarms that met no fault", heads, latencyRows(result.latency_no_fault_ms, "")));
  } else {
    element.append(make("p", { class: "about" }, "No fault was in force: every alarm is one that met none."));
  }
}

function yardstick() {
  const y = data.yardstick;
  const element = section("yardstick", "Beside EN 50136-1",
    "A yardstick, not a certificate. Limits " + y.source + ". Measured from the decision to the verified receipt, " +
    y.samples.toLocaleString("en") + " samples; the receipt's way back is in it. A receipt that never came counts as endless.");
  const figures = [["mean", "mean"], ["p95", "95 %"], ["max", "maximum"], ["reporting", "reporting time"]];
  const seconds = (s) => duration(s * 1000);
  const limit = (c, key) => {
    if (!(key in c.reached)) return seconds(c.limits_s[key]);
    return make("span", { class: c.reached[key] ? "yes" : "no" }, (c.reached[key] ? "✓ " : "✗ ") + seconds(c.limits_s[key]));
  };
  const measured = (key) => key in y.measured_s ? seconds(y.measured_s[key])
    : y.categories.some((c) => key in c.reached) ? "never" : "not measured";
  const strictest = (kind) => {
    const reached = y.categories.filter((c) => c.name.startsWith(kind) && Object.keys(c.reached).length && Object.values(c.reached).every(Boolean));
    return reached.length ? reached[reached.length - 1].name : "none";
  };
  element.append(
    make("p", {}, "The strictest category whose limits all these figures keep: ", make("strong", {}, strictest("SP")),
      " of those with one path, ", make("strong", {}, strictest("DP")), " of those with two. A path here is the way to one centre."),
    table("✓ within the limit, ✗ above it", ["category", ...figures.map(([, name]) => "#" + name)], [
      ["measured here", ...figures.map(([key]) => make("strong", {}, measured(key)))],
      ...y.categories.map((c) => [c.name, ...figures.map(([key]) => limit(c, key))])]));
  if (y.availability_percent !== undefined) {
    element.append(make("p", {}, "The ways to the centres were open ", make("strong", {}, y.availability_percent.toFixed(3) + " %"),
      " of the time. A way counts as shut while nothing arrives for longer than the supervision time, whatever the cause: line, power or centre."));
  }
  if (y.reporting_measured === false) {
    element.append(make("p", { class: "about" }, "The reporting time is what the configuration promises: no silence was measured."));
  }
}

function seeds() {
  if (!data.seeds.length) return;
  const totals = data.totals;
  const element = section("seeds", "Seeds", data.seeds.length + " of " + totals.runs_asked + " runs of the same scenario: together "
    + totals.verdict + ". The rest of this page is about seed " + data.seed + (result.verdict === "violated" ? ", the first that did not hold." : ", the last."));
  const sums = (tally) => Object.entries(tally).map(([name, count]) => words(name) + " " + count.toLocaleString("en")).join(" · ");
  element.append(make("p", { class: "about" }, "Alarms of all runs: " + sums(totals.alarms)));
  const replay = (seed) => data.replay.replace(/--seed \S+/, () => "--seed " + seed);
  const order = ["violated", "inconclusive", "held"];
  const sorted = [...data.seeds].sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  element.append(table("Those that did not hold first", ["seed", "verdict", "digest", "replay"],
    sorted.map((s) => [s.seed, verdictBadge(s.verdict), make("code", {}, s.digest.slice(0, 16)), make("code", {}, replay(s.seed))])));
}

/** What was really met: a fault that never came proves nothing. */
function exercised() {
  const met = Object.entries(result.exercised || {});
  if (!met.length) return;
  const element = section("exercised", "What was met", "How often each kind of fault, and of race between them, really happened in this run.");
  element.append(table("Faults and races", ["what", "#times"], met.map(([name, count]) => [words(name), count.toLocaleString("en")])));
}
