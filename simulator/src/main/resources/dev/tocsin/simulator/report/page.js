/* The order of the page, and when to draw again. */

function whenPrinted(printing) {
  document.documentElement.classList.toggle("paper", printing);
  redraw();
}

verdict();
expectations();
alarms();
plots();
timeline();
schools();
lapses();
yardstick();
exercised();
seeds();
document.getElementById("made").textContent = "Made by " + data.version + (data.commit ? ", commit " + data.commit : "") +
  ". The same figures for programs: result.json and junit.xml, beside this page.";
tellDrawn();

let width = document.documentElement.clientWidth;
addEventListener("resize", () => {
  if (document.documentElement.clientWidth !== width) {
    width = document.documentElement.clientWidth;
    redraw();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
addEventListener("beforeprint", () => whenPrinted(true));
addEventListener("afterprint", () => whenPrinted(false));
