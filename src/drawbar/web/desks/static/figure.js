// A figure's days as a chart. The table beside it holds the numbers; without this file, small bars.

const figure = document.querySelector("figure[data-chart]");
const drawn = figure?.querySelector(".drawn");
const rows = [...(figure?.querySelectorAll("tr[data-on]") ?? [])].reverse();
let chart = null;

// A canvas knows no variables: an element that bears the colour says what it is in this theme.
const bearer = document.createElement("span");
bearer.hidden = true;
document.body.append(bearer);

function colour(name) {
  bearer.style.color = `var(${name})`;
  return getComputedStyle(bearer).color;
}

function font() {
  return getComputedStyle(document.body).fontFamily;
}

function told() {
  const quiet = { color: colour("--quiet"), fontFamily: font() };
  return {
    animation: false,
    grid: { left: 8, right: 8, top: 16, bottom: 8, containLabel: true },
    textStyle: { fontFamily: font() },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      formatter: ([point]) => `${rows[point.dataIndex].dataset.on}: ${rows[point.dataIndex].dataset.said}`,
    },
    xAxis: {
      type: "category",
      data: rows.map((row) => row.dataset.on.slice(5)),
      axisLabel: quiet,
      axisLine: { lineStyle: { color: colour("--line") } },
      axisTick: { show: false },
    },
    yAxis: { type: "value", axisLabel: quiet, splitLine: { lineStyle: { color: colour("--line-soft") } } },
    series: [
      {
        type: "bar",
        name: figure.dataset.title,
        barMaxWidth: 26,
        data: rows.map((row) => ({
          value: Number(row.dataset.size),
          itemStyle: { color: colour("chosen" in row.dataset ? "--accent" : "--link"), borderRadius: [3, 3, 0, 0] },
        })),
      },
    ],
  };
}

function draw() {
  chart?.setOption(told());
}

if (drawn && rows.length && window.echarts) {
  drawn.replaceChildren();
  drawn.classList.add("chart");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", `${figure.dataset.title}, the last ${rows.length} days; the table below has the numbers`);
  chart = window.echarts.init(drawn);
  draw();
  chart.on("click", (point) => {
    const link = rows[point.dataIndex].querySelector("a");
    if (link) location.assign(link.href);
  });
  addEventListener("resize", () => chart.resize());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  new MutationObserver(draw).observe(document.documentElement, { attributes: true });
}
