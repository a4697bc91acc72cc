/* One alarm from edge to receipt, drawn as lanes on a time axis. */

const EVENTS = {
  edge: "edge", decided: "decided", signed: "signed", kept: "kept", committed: "in the ledger", receipt: "receipt verified",
  accepted: "accepted by a person", datagram: "datagram sent", datagram_lost: "datagram lost on the way", answer: "answer sent",
  answer_lost: "answer lost on the way", lamp: "lamp", note: "",
};

/** Room in a lane before the first mark and after the last, for half a mark and its text. */
const INSET = 16;

/** Where on the axis a time stands, 0 to 1. Logarithmic from the alarm's own first step on, so that early steps stay apart. */
function axis(alarm, logarithmic) {
  if (!logarithmic) return (ms) => Math.min(1, Math.max(0, ms / alarm.end));
  const first = alarm.events.map((e) => e.at).filter((at) => at > 0)[0] || 1;
  const unit = Math.max(0.01, Math.min(first / 4, alarm.end / 20));
  const whole = Math.log1p(alarm.end / unit);
  return (ms) => Math.min(1, Math.log1p(Math.max(0, ms) / unit) / whole);
}

function axisTicks(alarm, logarithmic) {
  const ticks = [0];
  if (logarithmic) {
    for (let ms = 0.1; ms < alarm.end; ms *= 10) ticks.push(ms, 2 * ms, 5 * ms);
  } else {
    const rough = alarm.end / 6;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
    for (let ms = step; ms < alarm.end; ms += step) ticks.push(ms);
  }
  return ticks.map((ms) => Number(ms.toPrecision(6))).filter((ms) => ms < alarm.end);
}

/** Texts beside marks: each goes to the first row where it meets no other, or is left to the hint. */
function labeller(svg, most) {
  const rows = new Map();
  return (key, x, ys, text) => {
    const width = text.length * 6.3 + 6;
    const left = Math.min(Math.max(x - width / 2, 0), most - width);
    for (const y of ys) {
      const taken = rows.get(key + y) || [];
      if (taken.every(([from, to]) => left > to || left + width < from)) {
        rows.set(key + y, [...taken, [left, left + width]]);
        draw(svg, "text", { x: left + width / 2, y, class: "mark-label" }, text);
        return;
      }
    }
  };
}

function eventText(event, name) {
  return (name ? name + ", " : "") + happening(event) + ", at " + duration(event.at);
}

function happening(event) {
  const what = [EVENTS[event.what] ?? words(event.what), words(event.detail || "")].filter(Boolean).join(": ");
  return what + (event.arrived === undefined ? "" : ", arrived at " + duration(event.arrived));
}

/** A lane with its place: y is its top. Narrow pages have the label above the lane, wide ones beside it. */
function placeLanes(narrow) {
  let y = 8;
  return data.lanes.map((lane) => {
    const height = lane.id.startsWith("network") ? 62 : lane.id === "lamp" ? 30 : 52;
    if (narrow) y += 18;
    const placed = { ...lane, y, height };
    y += height + 6;
    return placed;
  });
}

function hits(lane, where) {
  return lane.id === where || lane.id.startsWith(where + ":");
}

/** What stands in a lane in which nothing happened, or nothing came of it; empty where the events say all. */
function silence(alarm, lane, events) {
  const [kind, ...rest] = lane.id.split(":");
  const centre = rest.join(":");
  const nothing = !events.length && !alarm.faults.some((f) => hits(lane, f.lane));
  if (centre && !alarm.route.includes(centre)) return events.length ? null : { class: "unknown", text: "a drill: " + centre + " gets none" };
  if (alarm.missing.includes(centre)) {
    if (kind === "network") return { class: "never", text: "no receipt came" };
    return events.length ? null : { class: "never", text: result.world === "virtual" ? "never came here" : "no receipt says that it is here" };
  }
  return nothing ? { class: "unknown", text: kind === "lamp" ? "" : "not watched in this world" } : null;
}

function drawFaults(svg, alarm, lane, x, end) {
  for (const fault of alarm.faults.filter((f) => hits(lane, f.lane))) {
    const from = fault.from <= 0 ? x(0) - INSET : x(fault.from);
    const to = fault.to === undefined || fault.to >= alarm.end ? end : x(fault.to);
    const box = draw(svg, "rect", { x: from, y: lane.y, width: Math.max(3, to - from), height: lane.height, class: "fault" });
    hint(box, fault.what + ", from " + duration(fault.from) + (fault.to === undefined ? " to the end" : " to " + duration(fault.to)));
    if (to - from > fault.what.length * 6.3) {
      draw(svg, "text", { x: (from + to) / 2, y: lane.y + lane.height - 6, class: "fault-label" }, fault.what);
    }
  }
}

/** Datagrams are slanted lines, the device above, the centre beneath; one whose end nobody saw is a short arrow. */
function drawFlight(svg, event, lane, x) {
  const down = event.what.startsWith("datagram");
  const lost = event.what.endsWith("_lost");
  const [y1, y2] = down ? [lane.y, lane.y + lane.height] : [lane.y + lane.height, lane.y];
  const from = x(event.at);
  const known = event.arrived !== undefined;
  const to = known ? x(event.arrived) : from + (lost ? 8 : 0);
  const y = known ? y2 : y1 + (y2 - y1) * (lost ? 0.5 : 0.35);
  const line = draw(svg, "g", { class: "flight " + (down ? "out" : "back") + (lost ? " lost" : "") });
  draw(line, "line", { x1: from, y1, x2: to, y2: y });
  if (lost) {
    draw(line, "path", { d: `M${to - 4},${y - 4}l8,8m0,-8l-8,8` });
  } else {
    const back = y2 > y1 ? -7 : 7;
    draw(line, "path", { d: `M${to - 3.5},${y + back}L${to},${y}L${to + 3.5},${y + back}` });
  }
  hint(line, eventText(event, lane.label));
}

function drawLamp(svg, alarm, lane, x, end) {
  const states = alarm.events.filter((e) => e.lane === "lamp" && e.what === "lamp");
  states.forEach((state, i) => {
    const from = state.at <= 0 ? x(0) - INSET : x(state.at);
    const to = i + 1 < states.length ? x(states[i + 1].at) : end;
    const box = draw(svg, "rect", { x: from, y: lane.y, width: Math.max(2, to - from), height: lane.height, class: "lamp " + state.detail });
    const shown = words(state.detail);
    hint(box, "lamp shows " + shown + (state.at > 0 ? " from " + duration(state.at) : ""));
    if (to - from > shown.length * 7 + 6) {
      draw(svg, "text", { x: (from + to) / 2, y: lane.y + lane.height / 2 + 4, class: "lamp-label" }, shown);
    }
  });
}

function drawLane(svg, alarm, lane, x, end, label) {
  const events = alarm.events.filter((e) => e.lane === lane.id);
  draw(svg, "rect", { x: x(0) - INSET, y: lane.y, width: end - x(0) + INSET, height: lane.height, class: "lane" });
  drawFaults(svg, alarm, lane, x, end);
  if (lane.id === "lamp") return drawLamp(svg, alarm, lane, x, end);
  const middle = lane.y + lane.height / 2;
  const network = lane.id.startsWith("network");
  const rows = network ? [lane.y + 35, lane.y + 49, lane.y + 22] : [middle - 11, middle + 19];
  for (const event of events) {
    if (/^(datagram|answer)/.test(event.what)) {
      drawFlight(svg, event, lane, x);
      if (event.what === "datagram" && event.arrived === undefined) label(lane.id, x(event.at), rows, "sent");
      continue;
    }
    const y = network ? lane.y + 7 : middle;
    const mark = draw(svg, "path", { d: `M${x(event.at)},${y - 6}l6,6l-6,6l-6,-6z`, class: "mark " + event.what });
    hint(mark, eventText(event, lane.label));
    label(lane.id, x(event.at), rows, event.what === "note" ? event.detail : EVENTS[event.what]);
  }
  const said = silence(alarm, lane, events);
  if (said) draw(svg, "text", { x: (x(0) + end) / 2, y: middle + 4, class: said.class }, said.text);
}

function drawAlarm(place, alarm, logarithmic) {
  const total = Math.max(280, place.clientWidth);
  const narrow = total < 640;
  const left = narrow ? 6 : 170;
  const end = total - 8;
  const lanes = placeLanes(narrow);
  const bottom = lanes[lanes.length - 1].y + lanes[lanes.length - 1].height;
  const svg = draw(document.createElement("div"), "svg", { viewBox: `0 0 ${total} ${bottom + 26}`, width: total, height: bottom + 26, role: "img", "aria-label": summary(alarm) });
  const pattern = draw(draw(svg, "defs"), "pattern", { id: "hatch", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  draw(pattern, "rect", { width: 7, height: 7, class: "hatch-ground" });
  draw(pattern, "rect", { width: 3, height: 7, class: "hatch-stripe" });
  const scale = axis(alarm, logarithmic);
  const x = (ms) => left + INSET + scale(ms) * (end - left - 2 * INSET);
  const label = labeller(svg, end);
  for (const lane of lanes) {
    draw(svg, "text", { x: narrow ? left : left - 10, y: narrow ? lane.y - 5 : lane.y + lane.height / 2 + 4, class: "lane-label" + (narrow ? "" : " beside") }, lane.label);
    drawLane(svg, alarm, lane, x, end, label);
  }
  let free = -Infinity;
  for (const tick of axisTicks(alarm, logarithmic)) {
    if (x(tick) < free || x(tick) > end - 20) continue;
    free = x(tick) + 58;
    draw(svg, "line", { x1: x(tick), x2: x(tick), y1: 4, y2: bottom + 4, class: "tick" });
    draw(svg, "text", { x: x(tick), y: bottom + 18, class: "tick-label" }, tick ? duration(tick) : "0");
  }
  place.replaceChildren(svg);
  drawn.timeline = alarm.events.length;
}

/** How many datagrams are drawn, where anybody saw more of them than that there was one. */
function flights(alarm) {
  const told = result.centres.flatMap((centre) => {
    const all = alarm.events.filter((e) => e.lane === "network:" + centre);
    const some = (what, one, where) => {
      const those = all.filter((e) => e.what === what || e.what === what + "_lost");
      const lost = those.filter((e) => e.what !== what).length;
      const again = those.filter((e) => (e.detail || "").startsWith("again")).length;
      const but = [...(again ? [again + " of them again"] : []), ...(lost ? [lost + " lost"] : [])];
      return those.length + " " + one + (those.length === 1 ? "" : "s") + " " + where + (but.length ? " (" + but.join(", ") + ")" : "");
    };
    const seen = all.some((e) => e.arrived !== undefined || e.what.endsWith("_lost"));
    return seen ? [some("datagram", "datagram", "to " + centre) + ", " + some("answer", "answer", "back")] : [];
  });
  return told.length ? " Drawn: " + told.join("; ") + "." : "";
}

/** The same in a sentence. */
function summary(alarm) {
  const first = (what, lane) => (alarm.events.find((e) => [what, what + "_lost"].includes(e.what) && (!lane || e.lane === lane)) || {}).at;
  const after = (name, at) => at === undefined ? [] : [name + " after " + duration(at)];
  const centres = result.centres.flatMap((c) => after("receipt of " + c, first("receipt", "network:" + c)));
  const steps = [...after("decided", first("decided")), ...after("first datagram", first("datagram")), ...after("kept on its own disk", first("kept")), ...centres];
  const missing = alarm.missing.length ? " No receipt came from " + alarm.missing.join(" and ") + "." : "";
  return (alarm.drill ? "A drill, pressed at " : "Pressed at ") + alarm.device + ": " + steps.join(", ") + "." + flights(alarm) + missing;
}

function timeline() {
  if (!data.timelines.length) return;
  const element = section("timeline", "One alarm, from edge to receipt");
  const took = (t) => t.missing.length ? "missing at " + t.missing.join(", ") : duration(Math.max(...t.events.filter((e) => e.what === "receipt").map((e) => e.at)));
  const select = make("select", { id: "which" }, ...data.timelines.map((t, i) =>
    make("option", { value: String(i) }, (i ? i + 1 + ". " : t.missing.length ? "worst: " : "slowest: ") + t.device + (t.drill ? ", a drill, " : ", ") + took(t) + " (" + t.name + ")")));
  const box = make("input", { type: "checkbox", id: "logarithmic" });
  const place = make("div", { class: "timeline" });
  const said = make("p", { class: "said" });
  const list = make("div");
  element.append(
    make("p", { class: "controls" }, make("label", { for: "which" }, "Alarm "), select, make("label", {}, box, " logarithmic time")),
    said, place,
    make("p", { class: "about" }, "Time runs from the contact's first edge. In a network lane the device is above and the centre beneath: "
      + "a falling line is a datagram, a rising one an answer, a short arrow one whose end nobody saw, a cross a loss. All datagrams between the two are "
      + "there until the receipt, a heartbeat or another alarm among them; what is as long as the first that was signed is told as sent again. Hatched: a fault in force."),
    make("details", {}, make("summary", {}, "Each event as text"), list));
  const show = () => {
    const alarm = data.timelines[Number(select.value)];
    drawAlarm(place, alarm, box.checked);
    said.textContent = summary(alarm);
    const labels = Object.fromEntries(data.lanes.map((l) => [l.id, l.label]));
    list.replaceChildren(table(alarm.alarm || alarm.name, ["#after", "where", "what"], [
      ...alarm.faults.map((f) => [duration(f.from), labels[f.lane] || f.lane, "fault: " + f.what + (f.to === undefined ? "" : ", until " + duration(f.to))]),
      ...alarm.events.map((e) => [duration(e.at), labels[e.lane] || e.lane, happening(e)]),
    ]));
    tellDrawn();
  };
  box.checked = data.timelines[0].end > 100;
  select.addEventListener("change", () => {
    box.checked = data.timelines[Number(select.value)].end > 100;
    show();
  });
  box.addEventListener("change", show);
  keepDrawn(show);
}
