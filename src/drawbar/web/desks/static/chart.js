// A picture of a table: the table stays for whoever reads it, the picture stands above it.
// <table data-chart="bar" data-title="…">: the first column names the points, the others are series.

const valueOf = (cell) => Number(cell.dataset.value ?? cell.textContent.replaceAll(",", ""));

function read(table) {
  const [, ...names] = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  return {
    points: rows.map((row) => row.cells[0].textContent.trim()),
    series: names.map((name, i) => ({ name, data: rows.map((row) => valueOf(row.cells[i + 1])) })),
  };
}

function colour(name) {
  const probe = document.createElement("i");
  probe.className = `colour-${name}`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function options(table) {
  const { points, series } = read(table);
  const ink = colour("quiet");
  const line = { lineStyle: { color: colour("line") } };
  return {
    animation: false,
    aria: { enabled: true, label: { description: table.dataset.title } },
    color: ["link", "accent", "good", "wait", "bad"].map(colour),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true },
    legend: series.length > 1 ? { textStyle: { color: ink } } : undefined,
    grid: { left: 8, right: 8, top: series.length > 1 ? 32 : 12, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: points, axisLabel: { color: ink }, axisLine: line },
    yAxis: { type: "value", axisLabel: { color: ink }, splitLine: line },
    series: series.map((each) => ({ ...each, type: table.dataset.chart })),
  };
}

function draw(table) {
  const here = document.createElement("div");
  here.className = "chart";
  here.setAttribute("role", "img");
  here.setAttribute("aria-label", table.dataset.title);
  (table.closest(".wide") ?? table).before(here);
  const chart = echarts.init(here, null, { renderer: "svg" });
  const show = () => chart.setOption(options(table), true);
  show();
  new ResizeObserver(() => chart.resize()).observe(here);
  document.addEventListener("view", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
}

if (window.echarts) document.querySelectorAll("table[data-chart]").forEach(draw);
