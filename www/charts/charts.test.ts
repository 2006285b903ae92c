import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type Locale, setLocale } from "../i18n.js";
import { categoriesPicture } from "./categories.js";
import { correlationPicture } from "./correlation.js";
import { distributionPicture } from "./distribution.js";
import { ENGINE_REPORTS } from "./engine-reports.js";
import { fanPicture } from "./fan.js";
import { svgFile } from "./file.js";
import { type Fixture, type FixtureOptions, fixture, STATES } from "./fixture.js";
import { problems } from "./problems.js";
import { LIGHT } from "./roles.js";
import type { PathMark, Picture, TextMark } from "./scene.js";
import { swingsPicture } from "./swings.js";
import { reachedClip, targetMarks } from "./target.js";

afterEach(() => setLocale("en"));

const WIDTHS = [280, 320, 390, 720, 912, 1200];

/** Every chart of a report, with the target where it moves. */
function pictures({ report, deals, alreadyWon }: Fixture, width: number): Record<string, Picture> {
  const pipeline = report.open_pipeline;
  const { currency, start_month: startMonth } = report;
  const { target } = pipeline;
  const fan = {
    fan: pipeline.cumulative_fan,
    currency,
    startMonth,
    target,
    window: pipeline.target_window,
    errors: pipeline.standard_error,
    opening: alreadyWon,
  };
  const input = { report: pipeline, currency, target };
  const distribution = distributionPicture(input, width);
  const [low = 0, high = 1] = distribution.x.domain();
  const dragged = (amount: number): Picture => ({
    ...distribution,
    marks: [...distribution.marks, ...targetMarks(input, distribution, amount)],
  });
  return {
    fan: fanPicture(fan, width),
    "fan without dates": fanPicture({ ...fan, startMonth: undefined, errors: undefined }, width),
    monthly: fanPicture({ fan: pipeline.monthly_fan, currency, startMonth }, width),
    distribution: dragged(target),
    "distribution, target at the left end": dragged(low),
    "distribution, target at the right end": dragged(high),
    "distribution, target between": dragged(low + 0.37 * (high - low)),
    "distribution, target far off": dragged(1000 * high + 1),
    swings: swingsPicture({ report: pipeline, deals }, width),
    correlation: correlationPicture(input, width),
    categories: categoriesPicture(input, width),
  };
}

const amount = fc
  .double({ min: 0, max: 9.5, noNaN: true })
  .map((power) => Math.round(10 ** power * 100) / 100);
const options: fc.Arbitrary<FixtureOptions> = fc
  .record({
    scale: fc.constantFrom(1, 1000, 1e6),
    months: fc.oneof(fc.constantFrom(1, 2, 3, 6, 12, 120), fc.integer({ min: 1, max: 120 })),
    deals: fc.array(
      fc.record({
        name: fc.oneof(
          fc.string({ minLength: 1, maxLength: 60 }),
          fc.constantFrom("Norbank", "=1+1", "日本の長い取引先名".repeat(4)),
        ),
        amount,
        probability: fc.oneof(
          fc.constantFrom(0.001, 0.999),
          fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        ),
        month: fc.integer({ min: 1, max: 130 }),
        category: fc.constantFrom(
          "commit" as const,
          "best_case" as const,
          "pipeline" as const,
          "omitted" as const,
        ),
      }),
      { maxLength: 14 },
    ),
    target: fc.oneof(fc.constant(0), amount),
    alreadyWon: fc.oneof(fc.constant(0), amount),
    spread: fc.constantFrom(0, 0.25),
    correlation: fc.constantFrom(0, 0.9),
    first: fc.nat(),
  })
  .map(({ first, months, ...rest }) => {
    const first_month = 1 + (first % months);
    return { ...rest, months, trials: 120, window: { first_month, last_month: months } };
  });

function allProblems(made: Fixture, width: number): string[] {
  return Object.entries(pictures(made, width)).flatMap(([name, picture]) => problems(name, picture));
}

describe("every picture", () => {
  it.each(Object.entries(STATES))("stands the state “%s” at every width, in both languages", (_, state) => {
    const made = fixture({ ...state, trials: Math.min(state.trials ?? 400, 400) });
    for (const language of ["en", "fr"] as Locale[]) {
      setLocale(language);
      for (const width of WIDTHS) expect(allProblems(made, width)).toEqual([]);
    }
  });

  it.each(Object.entries(ENGINE_REPORTS))("stands the report “%s”", (_, made) => {
    for (const language of ["en", "fr"] as Locale[]) {
      setLocale(language);
      for (const width of WIDTHS) expect(allProblems(made, width)).toEqual([]);
    }
  });

  it("stands any valid report: finite, inside its frame, no text on another", () => {
    fc.assert(
      fc.property(
        options,
        fc.constantFrom(...WIDTHS),
        fc.constantFrom<Locale>("en", "fr"),
        (state, width, language) => {
          setLocale(language);
          expect(allProblems(fixture(state), width)).toEqual([]);
        },
      ),
      { numRuns: 100, seed: 7 },
    );
  }, 60_000);

  it("is the same picture in a file, to the last digit", async () => {
    const made = fixture({ ...(STATES.quarter as FixtureOptions), trials: 1000 });
    const framing = { title: "Title & <more>", caption: "A caption.", source: "dealcast 0.1.0" };
    const all = pictures(made, 720);
    for (const name of ["fan", "monthly", "distribution", "swings", "correlation", "categories"]) {
      const picture = all[name] as Picture;
      const svg = svgFile(picture, framing, LIGHT, "x").replaceAll("><", ">\n<");
      await expect(svg).toMatchFileSnapshot(`./snapshots/${name}.svg`);
    }
    setLocale("fr");
    const french = pictures(made, 320).distribution as Picture;
    await expect(svgFile(french, framing, LIGHT, "x").replaceAll("><", ">\n<")).toMatchFileSnapshot(
      "./snapshots/distribution-fr-320.svg",
    );
  });
});

describe("nothing won", () => {
  it.each(WIDTHS)("is named above the bars, where they are as high beside it, %i wide", (width) => {
    const { report } = fixture({ ...(STATES.quarter as FixtureOptions), trials: 400 });
    const { open_pipeline: made } = report;
    const { histogram } = made;
    const flat = histogram.share.map(() => 1 / histogram.share.length);
    const pipeline = { ...made, prob_zero_in_window: 0.01, histogram: { ...histogram, share: flat } };
    const picture = distributionPicture({ report: pipeline, currency: "EUR", target: 600_000 }, width);
    const label = picture.marks.find((mark) => mark.kind === "text" && mark.role === "label") as TextMark;
    expect(label.text).toContain("1.0%");
    const bars = picture.marks.find((mark) => mark.kind === "path" && mark.role === "barMuted");
    const tops = [...(bars as PathMark).d.matchAll(/V([\d.]+)H/g)].map(([, top]) => Number(top));
    expect(tops.length).toBeGreaterThan(10);
    expect(label.y).toBeLessThan(Math.min(...tops));
    expect(problems("distribution", picture)).toEqual([]);
  });
});

describe("the target", () => {
  it("splits the bars where it stands, and costs a handful of marks", () => {
    const { report } = fixture({ ...(STATES.quarter as FixtureOptions), trials: 400 });
    const input = { report: report.open_pipeline, currency: "EUR", target: 600_000 };
    const picture = distributionPicture(input, 720);
    const clip = reachedClip(picture, 600_000);
    expect(clip.x).toBeCloseTo(picture.x(600_000), 6);
    expect(clip.x + clip.width).toBeCloseTo(picture.plot.x + picture.plot.width, 6);
    expect(reachedClip(picture, -1e9).width).toBeCloseTo(picture.plot.width, 6);
    expect(reachedClip(picture, 1e12).width).toBe(0);
    expect(targetMarks(input, picture, 600_000).length).toBeLessThan(20);
  });

  it("shows the report's own chance at the report's target and the curve's elsewhere", () => {
    const { report } = fixture({ ...(STATES.quarter as FixtureOptions), trials: 400 });
    const pipeline = { ...report.open_pipeline, target: 600_000, prob_at_least_target: 0.4321 };
    const input = { report: pipeline, currency: "EUR", target: 600_000 };
    const picture = distributionPicture(input, 720);
    const words = (at: number) =>
      targetMarks(input, picture, at)
        .filter((mark) => mark.kind === "text" && mark.role === "targetText")
        .map((mark) => (mark as TextMark).text);
    expect(words(600_000)).toEqual(["Target €600K · 43%"]);
    expect(words(0)).toEqual(["← Target €0 · 100%"]);
    expect(words(1e9)).toEqual(["Target €1B · 0% →"]);
  });
});
