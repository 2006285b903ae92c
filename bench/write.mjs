// Table and plot of a benchmark, into docs/bench.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../docs/bench/", import.meta.url));
const PANEL = { width: 260, height: 200, left: 60, right: 12, top: 30, bottom: 36 };
const WORDS = {
  deals: "deals (20,480 trials)",
  trials: "trials (200 deals)",
  months: "months (102,400 trials)",
  workers: "workers (409,600 trials)",
};

const number = (value) => value.toLocaleString("en-GB", { maximumFractionDigits: value < 10 ? 1 : 0 });

/** One axis in a panel, both scales logarithmic. */
function panel(axis, points, left) {
  const { width, height, top, bottom } = PANEL;
  const xs = points.map(({ value }) => Math.log10(value));
  const ys = points.map(({ ms }) => Math.log10(ms));
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.floor(Math.min(...ys)), Math.ceil(Math.max(...ys))];
  const x = (value) => left + PANEL.left + ((value - x0) / (x1 - x0 || 1)) * (width - PANEL.left - PANEL.right);
  const y = (value) => height - bottom - ((value - y0) / (y1 - y0 || 1)) * (height - top - bottom);
  const at = points.map((_, index) => `${x(xs[index]).toFixed(1)},${y(ys[index]).toFixed(1)}`);
  const ticks = Array.from({ length: y1 - y0 + 1 }, (_, index) => y0 + index);
  return [
    `<text x="${left + PANEL.left}" y="18" font-weight="600">${WORDS[axis]}</text>`,
    ...ticks.map(
      (tick) =>
        `<path d="M${left + PANEL.left} ${y(tick).toFixed(1)}H${left + width - PANEL.right}" stroke="#8888" fill="none"/>` +
        `<text x="${left + PANEL.left - 6}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end">${number(10 ** tick)}</text>`,
    ),
    ...points.map(
      ({ value }, index) =>
        `<text x="${x(xs[index]).toFixed(1)}" y="${height - bottom + 16}" text-anchor="middle">${value >= 1e6 ? `${value / 1e6} M` : value >= 1e3 ? `${value / 1e3} k` : value}</text>`,
    ),
    `<polyline points="${at.join(" ")}" fill="none" stroke="#2a78d6" stroke-width="2"/>`,
    ...at.map((point) => `<circle cx="${point.split(",")[0]}" cy="${point.split(",")[1]}" r="3" fill="#2a78d6"/>`),
  ].join("\n");
}

export function write(results) {
  // On a busy machine two workers wait for each other's processor: their time says nothing.
  const busy = results.load > results.cores;
  const axes = Object.keys(WORDS).filter((axis) => axis !== "workers" || !busy);
  const panels = axes.map((axis, index) =>
    panel(axis, results.growth.filter((row) => row.axis === axis), index * PANEL.width),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${PANEL.width * axes.length} ${PANEL.height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="#777">
<title>Milliseconds of a simulation against ${axes.join(", ")}</title>
${panels.join("\n")}
</svg>
`;
  const lines = results.lines.map(
    ({ name, what, clock, busy, ratio }) =>
      `| ${name} | ${what} | ${number(clock)} | ${busy ? number(busy) : ""} | ${ratio ? `${ratio.toFixed(ratio < 10 ? 2 : 1)} times` : ""} |`,
  );
  const rows = results.growth.filter(({ axis }) => axes.includes(axis));
  const grown = rows.map(({ axis, value, ms }) => `| ${WORDS[axis]} | ${number(value)} | ${number(ms)} |`);
  const page = `# Time of a simulation

Written by \`npm run bench -- --write\`: Node ${results.node}, ${results.cores} cores (${results.cpu}), medians of ${results.runs} runs side by
side. Load of the machine meanwhile: ${results.load.toFixed(1)}; above ${results.cores} the clock counts waiting too, so compare processor time,
which a busy machine stretches less. Each run starts from the document and goes as the page does, by text:
reading, preparing, simulating and every statistic are in it.
${results.missing.length ? `Not here, left out: ${results.missing.join(", ")}.\n` : ""}
| engine | what | ms on the clock | ms of processor | of ours in Node |
|---|---|---|---|---|
${lines.join("\n")}

## Growth

One worker of Node, the reference pipeline with one number changed, best of five, document to part: milliseconds of
processor time${busy ? ". Workers are left out: the machine was busy" : " (of workers: on the clock)"}.

![Milliseconds against ${axes.join(", ")}](growth.svg)

| changed | value | milliseconds |
|---|---|---|
${grown.join("\n")}
`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}growth.svg`, svg);
  writeFileSync(`${folder}README.md`, page);
  console.log("docs/bench: README.md and growth.svg written");
}
