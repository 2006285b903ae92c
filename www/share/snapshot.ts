/** A static snapshot: what a view says and shows, on what assumptions, so that it can be read and replayed without dealcast. */

import { escaped } from "../charts/file.js";
import { textLook } from "../charts/roles.js";
import { wrapped } from "../charts/text.js";
import { placeOf } from "../errors.js";
import type { Scenario } from "../generated/dealcast.js";
import { locale } from "../i18n.js";

export interface Snapshot {
  readonly title: string;
  readonly sentence: string;
  /** Drawings that stand alone, as SVG. */
  readonly pictures: readonly string[];
  readonly assumptionsTitle: string;
  /** Name and value. */
  readonly assumptions: readonly (readonly [string, string])[];
  /** Engine version, trials, seed and date. */
  readonly source: string;
}

/** Entries listed of the assumptions: a list of deals is told by its length. */
const MOST_ASSUMPTIONS = 80;

/** What a document states, name by name: numbers, choices and low–likely–high values; lists by their length. */
export function assumptionsOf(scenario: Scenario, sections: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  const number = new Intl.NumberFormat(locale(), { maximumSignificantDigits: 8 });
  const text = (value: unknown) => (typeof value === "number" ? number.format(value) : String(value));
  const walk = (value: unknown, path: string): void => {
    if (value === null || value === undefined || typeof value === "boolean") return;
    if (typeof value !== "object") found.push([placeOf(path, scenario), text(value)]);
    else if (Array.isArray(value)) {
      if (value.every((one) => typeof one === "number" || typeof one === "string"))
        found.push([placeOf(path, scenario), value.map(text).join(", ")]);
      else found.push([placeOf(path, scenario), text(value.length)]);
    } else if ("distribution" in value) {
      const entries = Object.entries(value).filter(([, one]) => typeof one === "number");
      const words = entries.map(([name, one]) => `${name} ${text(one)}`).join(", ");
      found.push([placeOf(path, scenario), `${String(value.distribution)} (${words})`]);
    } else for (const [name, one] of Object.entries(value)) walk(one, `${path}/${name}`);
  };
  for (const section of sections)
    walk((scenario as unknown as Record<string, unknown>)[section], `/${section}`);
  return found.slice(0, MOST_ASSUMPTIONS);
}

/** One HTML file without any script, under a policy that allows none. */
export function snapshotHtml({
  title,
  sentence,
  pictures,
  assumptionsTitle,
  assumptions,
  source,
}: Snapshot): string {
  const rows = assumptions
    .map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${escaped(value)}</td></tr>`)
    .join("\n");
  return `<!doctype html>
<html lang="${locale()}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #1a1e22; background: #fff; }
h1 { font-size: 1.1rem; } .sentence { font-size: 1.5rem; } svg { max-width: 100%; height: auto; }
th { text-align: start; font-weight: 400; padding-inline-end: 2rem; } td { text-align: end; } .source { color: #656d75; font-size: 0.85rem; }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="sentence">${escaped(sentence)}</p>
${pictures.map((svg) => `<div>${svg}</div>`).join("\n")}
<h2>${escaped(assumptionsTitle)}</h2>
<table>
${rows}
</table>
<p class="source">${escaped(source)}</p>
</body>
</html>
`;
}

const WIDTH = 960;
const MARGIN = 24;

/** One drawing: the sentence, the pictures below one another, the assumptions, the source. */
export function snapshotSvg({
  title,
  sentence,
  pictures,
  assumptionsTitle,
  assumptions,
  source,
}: Snapshot): string {
  const parts: string[] = [];
  let y = MARGIN;
  const lines = (role: "title" | "caption" | "source", words: string) => {
    const { size } = textLook(role);
    for (const line of wrapped(words, role, WIDTH - 2 * MARGIN)) {
      y += size * 1.45;
      parts.push(
        `<text x="${MARGIN}" y="${y.toFixed(1)}" font-size="${size}" fill="#1a1e22"${role === "title" ? ' font-weight="600"' : ""}>${escaped(line)}</text>`,
      );
    }
  };
  lines("source", title);
  lines("title", sentence);
  y += 12;
  for (const svg of pictures) {
    const [, width = "0", height = "0"] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
    // A drawing inside a drawing keeps its own frame.
    parts.push(svg.replace("<svg ", `<svg x="${(WIDTH - Number(width)) / 2}" y="${y.toFixed(1)}" `));
    y += Number(height) + 8;
  }
  lines("title", assumptionsTitle);
  for (const [name, value] of assumptions) lines("caption", `${name}: ${value}`);
  y += 8;
  lines("source", source);
  const height = Math.ceil(y + MARGIN);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
    `font-family="system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"><title>${escaped(title)}</title>` +
    `<desc>${escaped(sentence)}</desc><rect width="${WIDTH}" height="${height}" fill="#ffffff"/>${parts.join("")}</svg>`
  );
}
