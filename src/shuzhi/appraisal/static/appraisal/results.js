// The ranking with its uncertainty (the list above it holds the same numbers), and the heat map's order.
"use strict";

function rankingChart(box) {
  const rows = JSON.parse(document.getElementById(box.dataset.chart).textContent);
  if (!rows.length) return;
  box.style.height = `${rows.length * 26 + 60}px`;
  const colour = "#334155";
  const names = rows.map((row) => row.unit);
  const ends = rows.flatMap((row) => [Number(row.low), Number(row.high)]);
  const chart = echarts.init(box, null, {renderer: "svg"});
  const bar = (_params, api) => {
    const [from, y] = api.coord([api.value(1), api.value(0)]);
    const to = api.coord([api.value(2), api.value(0)])[0];
    const style = {stroke: colour, lineWidth: 2};
    const line = (x1, y1, x2, y2) => ({type: "line", shape: {x1, y1, x2, y2}, style});
    return {type: "group", children: [line(from, y, to, y), line(from, y - 5, from, y + 5), line(to, y - 5, to, y + 5)]};
  };
  chart.setOption({
    animation: false,
    aria: {enabled: false},
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 14},
    grid: {left: 8, right: 48, top: 8, bottom: 32, containLabel: true},
    xAxis: {type: "value", name: box.dataset.total, nameLocation: "middle", nameGap: 24, min: Math.floor(Math.min(...ends) - 1), max: Math.ceil(Math.max(...ends))},
    yAxis: {type: "category", data: names, inverse: true, axisTick: {show: false}, axisLabel: {interval: 0}},
    series: [
      {type: "custom", renderItem: bar, data: rows.map((row, place) => [place, Number(row.low), Number(row.high)]), encode: {x: [1, 2], y: 0}, silent: true},
      {type: "scatter", symbolSize: 10, itemStyle: {color: colour}, data: rows.map((row, place) => [Number(row.total), place]),
        label: {show: true, position: "top", distance: 2, formatter: (point) => rows[point.dataIndex].total.replace(/(\.\d\d)\d+$/, "$1"), fontSize: 12}, silent: true},
    ],
  });
  addEventListener("resize", () => chart.resize());
}

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, place) => {
    const text = row.cells[place].textContent.trim();
    return place === 0 ? text : Number.parseFloat(text);
  };
  heads.forEach((head, place) => head.querySelector("button").addEventListener("click", () => {
    const up = head.getAttribute("aria-sort") !== "ascending";
    heads.forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].sort((a, b) => {
      const [left, right] = [value(a, place), value(b, place)];
      if (place === 0) return left.localeCompare(right, "zh") * (up ? 1 : -1);
      if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) - Number.isNaN(right);
      return (left - right) * (up ? 1 : -1);
    });
    table.tBodies[0].replaceChildren(...rows);
  }));
}

document.querySelectorAll("[data-chart]").forEach(rankingChart);
document.querySelectorAll("[data-heat]").forEach(sortable);
