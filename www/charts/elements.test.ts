// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "../i18n.js";
import { type FixtureOptions, fixture, STATES } from "./fixture.js";
import type { ChartElement, DistributionChart, FanChart } from "./index.js";
import type { Lines } from "./lines.js";
import type { Share } from "./shares.js";
import type { Stacked } from "./stacked.js";
import type { Tornado } from "./tornado.js";
import "./index.js";

const made = fixture({ ...(STATES.quarter as FixtureOptions), trials: 400 });
const pipeline = made.report.open_pipeline;

/** Charts that are described by what they are given. */
const words = { title: "A chart", caption: "What it shows.", summary: "From 1 to 3." };
const lines: Lines = {
  places: [0, 1, 2],
  series: [{ name: "Chance", values: [0, 0.5, 0.9] }],
  unit: "share",
  axis: "Month",
};
const stacked: Stacked = {
  periods: ["Q1", "Q2", "Q3"],
  parts: [{ name: "Resale", values: [0, 100, 200] }],
  currency: "EUR",
  period: "Quarter",
  total: "Total",
};
const tornado: Tornado = {
  rows: ["Deals", "Margin", "Ramp-up"].map((name) => ({ name, from: "1", to: "2", atLow: -5, atHigh: 9 })),
  base: 2,
  currency: "EUR",
  empty: "None",
  heads: ["Assumption", "Low", "NPV at low", "High", "NPV at high"],
};
const shares: Share[] = ["Both", "One", "None"].map((name) => ({ name, share: 1 / 3, error: 0.01 }));

async function shown<T extends HTMLElement>(tag: string, properties: Partial<T>): Promise<T> {
  const element = document.createElement(tag) as T;
  Object.assign(element, properties);
  document.body.append(element);
  await (element as unknown as ChartElement).updateComplete;
  return element;
}

const part = <T extends Element = HTMLElement>(element: HTMLElement, selector: string) =>
  element.shadowRoot?.querySelector<T>(selector) as T;
const all = (element: HTMLElement, selector: string) => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? []),
];
const button = (element: HTMLElement, words: string, group = "") =>
  all(element, `${group} button`).find(
    ({ textContent }) => textContent?.trim() === words,
  ) as HTMLButtonElement;

beforeEach(() => vi.useFakeTimers({ toFake: ["requestAnimationFrame"] }));
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.restoreAllMocks();
  setLocale("en");
});

describe("every chart", () => {
  const charts: [string, object][] = [
    ["dc-fan-chart", { fan: pipeline.cumulative_fan, target: pipeline.target, startMonth: "2026-01" }],
    ["dc-fan-chart", { fan: pipeline.monthly_fan, variant: "monthly" }],
    ["dc-distribution-chart", { report: pipeline }],
    ["dc-deal-swings", { report: pipeline, deals: made.deals }],
    ["dc-correlation-effect", { report: pipeline }],
    ["dc-category-range", { report: pipeline }],
    ["dc-cash-fan", { fan: pipeline.cumulative_fan, alreadyWon: -1000, payback: 2, startMonth: "2026-01" }],
    ["dc-line-chart", { chart: { ...words, data: lines } }],
    ["dc-stacked-bars", { chart: { ...words, data: stacked } }],
    ["dc-tornado", { chart: { ...words, data: tornado } }],
    ["dc-shares", { chart: { ...words, data: shares } }],
  ];

  it.each(charts)("%s has a title, a picture in words, and a table on demand", async (tag, properties) => {
    const chart = await shown(tag, { ...properties, run: made.report } as Partial<HTMLElement>);
    expect(part(chart, "h3").textContent).not.toBe("");
    expect(part(chart, "[role=img]").getAttribute("aria-label")).toMatch(/\d/);
    expect(part(chart, "table")).toBeNull();
    button(chart, "Data table").click();
    await (chart as unknown as ChartElement).updateComplete;
    expect(button(chart, "Data table").getAttribute("aria-expanded")).toBe("true");
    expect(all(chart, "tbody tr").length).toBeGreaterThan(2);
    expect(all(chart, "tbody td").every(({ textContent }) => !/NaN|undefined/.test(textContent ?? ""))).toBe(
      true,
    );
  });

  it.each(charts)("%s speaks the language of the page", async (tag, properties) => {
    const chart = await shown(tag, properties as Partial<HTMLElement>);
    const english = part(chart, "figure").textContent;
    setLocale("fr");
    await (chart as unknown as ChartElement).updateComplete;
    expect(button(chart, "Tableau de données")).toBeDefined();
    expect(part(chart, "figure").textContent).not.toBe(english);
  });

  it.each(charts)("%s shows nothing before there is data", async (tag) => {
    const chart = await shown(tag, {});
    expect(part(chart, "figure")).toBeNull();
  });

  it.each(charts)("%s makes a file that stands alone", async (tag, properties) => {
    const chart = await shown(tag, { ...properties, run: made.report } as Partial<HTMLElement>);
    const svg = (chart as unknown as ChartElement).svg();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain("dealcast 0.1.0 · 400 trials · seed 42 · ");
    expect(svg).not.toMatch(/var\(|class=|href=/);
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    expect(parsed.querySelector("title")?.textContent).toBe(part(chart, "h3").textContent);
  });
});

describe("copying", () => {
  it("says that it copied, and offers the text where the clipboard is refused", async () => {
    const chart = await shown<DistributionChart>("dc-distribution-chart", { report: pipeline });
    const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValueOnce();
    button(chart, "Table (CSV)", "[aria-labelledby=copy]").click();
    await vi.waitFor(() => expect(part(chart, "[role=status]").textContent).toBe("Copied."));
    const text = write.mock.calls[0]?.[0] ?? "";
    expect(text).toMatch(/^From,To,Share of outcomes/);
    expect(part(chart, "textarea")).toBeNull();

    write.mockRejectedValueOnce(new DOMException("no", "NotAllowedError"));
    button(chart, "Table (CSV)", "[aria-labelledby=copy]").click();
    await vi.waitFor(() =>
      expect(part<HTMLTextAreaElement>(chart, "textarea")?.value.replaceAll("\r\n", "\n")).toBe(
        text.replaceAll("\r\n", "\n"),
      ),
    );
    button(chart, "Close").click();
    await chart.updateComplete;
    expect(part(chart, "textarea")).toBeNull();
  });

  it("says so where the browser cannot draw images", async () => {
    const chart = await shown<DistributionChart>("dc-distribution-chart", { report: pipeline });
    button(chart, "Image (PNG)", "[aria-labelledby=copy]").click();
    await vi.waitFor(() => expect(part(chart, "[role=status]").textContent).toContain("as SVG"));
  });
});

describe("the target", () => {
  const opened = async () => {
    const chart = await shown<DistributionChart>("dc-distribution-chart", { report: pipeline });
    const events: [string, number][] = [];
    for (const name of ["target-input", "target-change"])
      document.addEventListener(name, (event) => events.push([name, (event as CustomEvent<number>).detail]));
    const handle = () => part<SVGGElement>(chart, ".handle");
    const press = (key: string) => {
      handle().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      vi.advanceTimersToNextFrame();
    };
    const lift = () => handle().dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
    return { chart, events, handle, press, lift };
  };

  it("is a slider that says its amount and chance", async () => {
    const { handle } = await opened();
    expect(handle().getAttribute("role")).toBe("slider");
    expect(handle().getAttribute("aria-valuenow")).toBe("600000");
    expect(handle().getAttribute("aria-valuetext")).toMatch(
      /^€600K: \d+% chance to sign at least that much$/,
    );
  });

  it("moves by keyboard: live at each press, once more when the key is let go", async () => {
    const { events, handle, press, lift } = await opened();
    press("ArrowRight");
    press("ArrowRight");
    lift();
    const step = (events[1]?.[1] ?? 0) - (events[0]?.[1] ?? 0);
    expect(step).toBeGreaterThan(0);
    expect(events).toEqual([
      ["target-input", 600_000 + step],
      ["target-input", 600_000 + 2 * step],
      ["target-change", 600_000 + 2 * step],
    ]);
    expect(handle().getAttribute("aria-valuenow")).toBe(String(600_000 + 2 * step));
    press("Home");
    press("ArrowLeft");
    lift();
    expect(Number(handle().getAttribute("aria-valuenow"))).toBeGreaterThanOrEqual(0);
    press("Tab");
    expect(events.filter(([name]) => name === "target-change")).toHaveLength(2);
  });

  it("leaves the bars as they are while it moves", async () => {
    const { chart, press } = await opened();
    const picture = part(chart, "[role=img]").innerHTML;
    const clip = () => part(chart, "#reached rect").getAttribute("x");
    const before = clip();
    const nodes = [...part(chart, "[role=img]").querySelectorAll("*")];
    press("PageUp");
    expect(clip()).not.toBe(before);
    expect(part(chart, "[role=img]").innerHTML).toBe(picture);
    expect(
      [...part(chart, "[role=img]").querySelectorAll("*")].every((node, index) => node === nodes[index]),
    ).toBe(true);
  });

  it("draws what arrives during a move once it rests, not before", async () => {
    const { chart, press, lift } = await opened();
    press("PageUp");
    const shownNow = part(chart, "[role=img]").innerHTML;
    chart.report = {
      ...pipeline,
      histogram: { ...pipeline.histogram, share: pipeline.histogram.share.slice(5) },
    };
    await chart.updateComplete;
    expect(part(chart, "[role=img]").innerHTML).toBe(shownNow);
    lift();
    await chart.updateComplete;
    expect(part(chart, "[role=img]").innerHTML).not.toBe(shownNow);
  });

  it("stays where it was put until the scenario answers", async () => {
    const { chart, handle, press, lift } = await opened();
    press("PageUp");
    lift();
    const put = Number(handle().getAttribute("aria-valuenow"));
    chart.caption = "anything";
    await chart.updateComplete;
    expect(handle().getAttribute("aria-valuenow")).toBe(String(put));
    chart.report = { ...pipeline, target: 650_000 };
    await chart.updateComplete;
    expect(handle().getAttribute("aria-valuenow")).toBe("650000");
  });
});

describe("the month reader", () => {
  it("reads a month at a time by keyboard", async () => {
    const chart = await shown<FanChart>("dc-fan-chart", {
      fan: pipeline.cumulative_fan,
      startMonth: "2026-01",
    });
    const slider = () => part<SVGGElement>(chart, ".live [role=slider]");
    expect(slider().getAttribute("aria-valuenow")).toBe("3");
    slider().dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    await chart.updateComplete;
    expect(slider().getAttribute("aria-valuenow")).toBe("2");
    expect(part(chart, ".readout").textContent).toMatch(/^February 2026: P10/);
    slider().dispatchEvent(new KeyboardEvent("keydown", { key: "Home", bubbles: true }));
    slider().dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
    await chart.updateComplete;
    expect(slider().getAttribute("aria-valuenow")).toBe("1");
  });
});
