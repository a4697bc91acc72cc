/* Devices that had power while their certificate had lapsed: heard all the same, and renewed by themselves. */

function lapses() {
  const all = result.lapses || [];
  if (!all.length) return;
  const element = section("lapses", "Lapsed certificates",
    "Devices that had power while the certificate of their channel had lapsed. Times count from when both were so. " +
    "What they send until they have renewed it stands in the ledgers with a flag.");
  const seconds = (s, otherwise) => s === undefined ? otherwise : duration(s * 1000);
  element.append(table("Lapses", ["device", "since", "#first press", "#in every ledger", "with a flag", "#renewed"], all.map((l) =>
    [l.device, l.since === "power" ? "its power came back" : "its certificate ended", seconds(l.first_press_s, "none"),
      l.first_press_s === undefined ? "–" : seconds(l.first_press_filed_s, "never"),
      l.first_press_s === undefined ? "–" : l.first_press_flagged ? "yes" : "no", seconds(l.renewed_s, "never")])));
}
