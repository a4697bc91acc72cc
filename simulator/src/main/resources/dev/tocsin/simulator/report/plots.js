/* Cumulative curves of the latencies, by uPlot. */

const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3], [14, 5]];

function curveColour(i) {
  return style("curve-" + (i % 6));
}

/** All curves over the same times, as uPlot wants it; a curve is null where it has no point of its own. */
function joined(curves) {
  const percent = (share) => share * 100;
  return uPlot.join(curves.map((c) => [c.ms.map((ms) => Math.max(ms, 0.001)), c.share.map(percent)]));
}

/** Strictly rising times: uPlot joins by time, and rounding can make two points one. */
function distinct(curve) {
  const ms = [];
  const share = [];
  curve.ms.forEach((value, i) => {
    if (ms.length && value <= ms[ms.length - 1]) {
      share[share.length - 1] = curve.share[i];
    } else {
      ms.push(value);
      share.push(curve.share[i]);
    }
  });
  return { name: curve.name, ms, share };
}

/** The share that a curve has reached at a point that may be another curve's. */
function reached(shares, i) {
  while (i >= 0 && shares[i] == null) i--;
  return i < 0 ? 0 : shares[i];
}

function options(curves, width) {
  const values = curves.flatMap((c) => c.ms).map((ms) => Math.max(ms, 0.001));
  const least = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...values) * 1.001));
  const axis = { stroke: style("ink-2"), grid: { stroke: style("line"), width: 1 }, ticks: { stroke: style("line"), width: 1 }, font: "12px system-ui, sans-serif" };
  return {
    width,
    height: Math.round(Math.min(280, Math.max(200, width * 0.55))),
    padding: [10, 24, 0, 0],
    cursor: { drag: { x: false, y: false }, y: false },
    focus: { alpha: 0.3 },
    legend: { live: width > 420, markers: { width: 2, dash: (u, i) => i && DASHES[(i - 1) % DASHES.length].length ? "dashed" : "solid" } },
    scales: { x: { time: false, distr: 3, range: () => [least, most] }, y: { range: () => [0, 100] } },
    axes: [
      { ...axis, values: (u, ticks) => ticks.map((ms) => ms && Math.abs(Math.log10(ms) % 1) < 1e-6 ? duration(ms) : "") },
      { ...axis, size: 54, values: (u, ticks) => ticks.map((share) => share + " %") },
    ],
    series: [
      { label: "\u00a0", value: (u, ms) => ms == null ? "" : duration(ms) },
      ...curves.map((c, i) => ({
        label: c.name,
        stroke: curveColour(i),
        width: 2,
        dash: DASHES[i % DASHES.length],
        spanGaps: true,
        points: { show: c.ms.length < 12 },
        value: (u, share, curve, i) => i == null ? "" : reached(u.data[curve], i).toFixed(1) + " %",
      })),
    ],
    hooks: { draw: [() => { drawn.plots++; tellDrawn(); }] },
  };
}

function plots() {
  const element = section("latency", "How long it took",
    "Each curve rises to the share of alarms that were as fast as the time beneath. Steep and far to the left is good. The scale is logarithmic.");
  const grid = make("div", { class: "plots" });
  element.append(grid);
  const charts = [];
  for (const plot of data.plots) {
    const curves = plot.curves.map(distinct).filter((c) => c.ms.length);
    const figure = make("figure", {}, make("figcaption", {}, make("strong", {}, plot.title), " " + plot.about));
    const place = make("div", { role: "img", "aria-label": "Cumulative curves of " + plot.title + "; the figures are in the table beneath" });
    figure.append(place);
    grid.append(figure);
    if (!curves.length) {
      place.append(make("p", { class: "about" }, "No samples."));
      continue;
    }
    charts.push({ place, curves, chart: null });
  }
  latencyTable(element);
  keepDrawn(() => {
    // first all away, then all drawn: what stands there would hold the columns open
    charts.forEach((c) => c.chart && c.chart.destroy());
    charts.forEach((c) => { c.width = Math.max(240, c.place.clientWidth); });
    charts.forEach((c) => { c.chart = new uPlot(options(c.curves, c.width), joined(c.curves), c.place); });
  });
}
