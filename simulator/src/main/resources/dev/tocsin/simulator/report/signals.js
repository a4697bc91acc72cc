/* Recordings: signal, label and a detector's inner states over the same time, by uPlot. */

const STATE_COLOURS = {
  watching: "rest", weightless: "received", impact: "failed", settling: "raised", fallen: "drill", immersed: "accepted",
  warning: "raised", danger: "failed", "in the zone": "raised", "drowning": "failed", worse: "failed",
};

function stateColour(name) {
  return style(STATE_COLOURS[name] || "rest");
}

/** What lies under the curves: the label as a field, the states as a strip along the bottom. */
function underlay(recording, withStates) {
  return (u) => {
    const { left, top, width, height } = u.bbox;
    const strip = 12 * devicePixelRatio;
    const at = (s) => Math.min(left + width, Math.max(left, u.valToPos(s, "x", true)));
    const fill = (span, colour, y, h) => {
      u.ctx.fillStyle = colour;
      u.ctx.fillRect(at(span.from), y, Math.max(1, at(span.to) - at(span.from)), h);
    };
    u.ctx.save();
    for (const span of recording.label) fill(span, style("armed"), top, height);
    if (withStates) for (const span of recording.states) fill(span, stateColour(span.name), top + height - strip, strip);
    u.ctx.restore();
  };
}

/** What lies over them: moments with their names, each a line lower so that neighbours can be read. */
function overlay(recording, withNames) {
  return (u) => {
    const { left, top, height } = u.bbox;
    const ratio = devicePixelRatio;
    u.ctx.save();
    u.ctx.font = 12 * ratio + "px system-ui, sans-serif";
    u.ctx.textBaseline = "top";
    recording.marks.forEach((mark, i) => {
      const x = u.valToPos(mark.at, "x", true);
      const isRight = x > left + u.bbox.width / 2;
      u.ctx.strokeStyle = u.ctx.fillStyle = style("ink");
      u.ctx.setLineDash([4 * ratio, 3 * ratio]);
      u.ctx.beginPath();
      u.ctx.moveTo(x, top);
      u.ctx.lineTo(x, top + height);
      u.ctx.stroke();
      u.ctx.textAlign = isRight ? "right" : "left";
      if (withNames) u.ctx.fillText(mark.name, x + (isRight ? -4 : 4) * ratio, top + (2 + (i % 4) * 14) * ratio);
    });
    u.ctx.restore();
  };
}

function chartOptions(recording, chart, first, width) {
  const axis = { stroke: style("ink-2"), grid: { stroke: style("line"), width: 1 }, ticks: { stroke: style("line"), width: 1 }, font: "12px system-ui, sans-serif" };
  return {
    width,
    height: first ? 260 : 200,
    padding: [10, 24, 0, 0],
    cursor: { drag: { x: true, y: false }, y: false, sync: { key: recording.name } },
    scales: { x: { time: false } },
    axes: [
      { ...axis, ...(recording.unit_s > 1 ? { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((n) => n * recording.unit_s), space: 80 } : {}),
        values: (u, ticks) => ticks.map((s) => s / recording.unit_s + " " + recording.unit) },
      { ...axis, size: 60, values: (u, ticks) => ticks.map((v) => v + (chart.unit ? " " + chart.unit : "")) },
    ],
    series: [
      { label: "time", value: (u, s) => s == null ? "" : (s / recording.unit_s).toFixed(2) + " " + recording.unit },
      ...chart.curves.map((curve, i) => ({
        label: curve.name,
        stroke: style("curve-" + (i % 6)),
        width: i ? 1 : 2,
        dash: i < 6 ? [] : [6, 4],
        points: { show: false },
        value: (u, v) => v == null ? "" : v.toFixed(2) + (chart.unit ? " " + chart.unit : ""),
      })),
    ],
    hooks: { drawClear: [underlay(recording, first)], draw: [overlay(recording, first)] },
  };
}

function stateKey(recording) {
  const names = [...new Set(recording.states.map((s) => s.name))];
  const cell = (colour, name) => make("li", {}, make("span", { class: "cell", style: "background: var(--" + colour + ")" }), " " + name);
  return make("ul", { class: "key" },
    ...(recording.label.length ? [cell("armed", "labelled")] : []),
    ...names.map((name) => cell(STATE_COLOURS[name] || "rest", name)));
}

function drawRecording(recording, i) {
  const times = recording.charts.map((chart) => chart.t);
  const isLong = Math.max(...recording.charts.map((chart) => chart.t[chart.t.length - 1])) > 48 * 3600;
  [recording.unit, recording.unit_s] = isLong ? ["days", 86400] : ["s", 1];
  recording.from = Math.min(...times.map((t) => t[0]));
  recording.to = Math.max(...times.map((t) => t[t.length - 1]));
  const element = section("recording-" + i, recording.name, recording.about);
  element.append(
    make("p", { class: "badge " + (recording.right ? "held" : "violated") }, (recording.right ? "✓ " : "✗ ") + recording.verdict),
    stateKey(recording));
  const places = recording.charts.map((chart) => {
    const place = make("div", { role: "img", "aria-label": chart.title + " of " + recording.name });
    element.append(make("figure", {}, make("figcaption", {}, make("strong", {}, chart.title), " " + chart.about), place));
    return { place, chart, plot: null };
  });
  element.append(make("div", { class: "command" }, make("code", {}, recording.replay)));
  keepDrawn(() => {
    places.forEach((p) => p.plot && p.plot.destroy());
    places.forEach((p) => { p.width = Math.max(240, p.place.clientWidth); });
    places.forEach((p, n) => {
      p.plot = new uPlot(chartOptions(recording, p.chart, n === 0, p.width), [p.chart.t, ...p.chart.curves.map((c) => c.values)], p.place);
      if (recording.from < recording.to) p.plot.setScale("x", { min: recording.from, max: recording.to });
      drawn.plots++;
    });
    tellDrawn();
  });
}

section("about", data.title, data.about);
data.recordings.forEach(drawRecording);
document.getElementById("made").textContent = "Made by " + data.made_by + ".";
tellDrawn();

let width = document.documentElement.clientWidth;
addEventListener("resize", () => {
  if (document.documentElement.clientWidth !== width) {
    width = document.documentElement.clientWidth;
    redraw();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
