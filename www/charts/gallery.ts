/**
 * Every chart in every state, for looking at: `npm run dev`, then `/gallery.html?state=quarter&lang=fr&theme=dark`.
 * Not part of the built page.
 */
import { html, nothing, render, type TemplateResult } from "lit";
import { LOCALES, loadLocale, locale, setLocale } from "../i18n.js";
import { ENGINE_REPORTS } from "./engine-reports.js";
import { type Fixture, fixture, STATES } from "./fixture.js";
import "./index.js";

await Promise.all(LOCALES.map(loadLocale));
const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme) document.documentElement.dataset.theme = theme;
const wanted = query.get("state");
const only = query.get("chart");

const page = new CSSStyleSheet();
page.replaceSync(`
  body { margin: 0; background: var(--surface); color: var(--ink); font-family: var(--font); }
  main { display: grid; gap: 3rem; padding: 1rem; max-width: 1200px; margin: auto; }
  section { display: grid; gap: 2.5rem; min-width: 0; }
  h2 { margin: 0; font-size: 1rem; color: var(--ink-3); font-weight: 400; }
  nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; font-size: 0.8125rem; }
  nav a, nav button { color: inherit; }
  @media print { nav { display: none; } }
`);
document.adoptedStyleSheets = [page];

function made(name: string): Fixture | undefined {
  const options = STATES[name];
  return options ? fixture(options) : ENGINE_REPORTS[name];
}

function state(name: string): TemplateResult {
  const found = made(name);
  if (!found) return html`<p>${name}?</p>`;
  const { report, deals, alreadyWon } = found;
  const pipeline = report.open_pipeline;
  const { currency, start_month } = report;
  const show = (chart: string, template: TemplateResult) => (only && only !== chart ? nothing : template);
  return html`
    <section>
      <h2>${name}</h2>
      ${show(
        "fan",
        html`<dc-fan-chart
          .fan=${pipeline.cumulative_fan} .target=${pipeline.target} .window=${pipeline.target_window}
          .startMonth=${start_month} .currency=${currency} .alreadyWon=${alreadyWon}
          .errors=${pipeline.standard_error} .run=${report}
        ></dc-fan-chart>`,
      )}
      ${show(
        "monthly",
        html`<dc-fan-chart
          variant="monthly" .fan=${pipeline.monthly_fan} .window=${pipeline.target_window}
          .startMonth=${start_month} .currency=${currency} .run=${report}
        ></dc-fan-chart>`,
      )}
      ${show(
        "distribution",
        html`<dc-distribution-chart .report=${pipeline} .currency=${currency} .run=${report}></dc-distribution-chart>`,
      )}
      ${show(
        "swings",
        html`<dc-deal-swings .report=${pipeline} .deals=${deals} .currency=${currency} .run=${report}></dc-deal-swings>`,
      )}
      ${show(
        "correlation",
        html`<dc-correlation-effect .report=${pipeline} .currency=${currency} .run=${report}></dc-correlation-effect>`,
      )}
      ${show(
        "categories",
        html`<dc-category-range .report=${pipeline} .currency=${currency} .run=${report}></dc-category-range>`,
      )}
    </section>
  `;
}

function draw(): void {
  const all = [...Object.keys(ENGINE_REPORTS), ...Object.keys(STATES)];
  const names = wanted ? [wanted] : all;
  render(
    html`
      <nav>
        ${all.map((name) => html`<a href=${`?state=${encodeURIComponent(name)}`}>${name}</a>`)}
        <button
          @click=${() => {
            setLocale(locale() === "fr" ? "en" : "fr");
            draw();
          }}
        >
          ${locale() === "fr" ? "English" : "Français"}
        </button>
      </nav>
      ${names.map(state)}
    `,
    document.querySelector<HTMLElement>("#gallery") ?? document.body,
  );
}

draw();
