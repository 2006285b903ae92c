/** The value behind a definition, with all its digits: as shown, as simulated, and how far apart. */
import { decimal, exactMoney, exactPercent } from "../format.js";
import type { Headline, OpenPipelineReport, Report } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import type { DefinitionId } from "./definitions.js";

export interface Value {
  readonly shown: string;
  readonly simulated?: string;
  readonly error?: string;
  /** Distance of the engines in standard errors. */
  readonly apart?: string;
}

type Unit = (value: number) => string;

const PROBABILITIES = [
  "prob_at_least_target",
  "prob_zero_in_window",
] as const satisfies readonly (keyof Headline)[];
const AMOUNTS = [
  "mean",
  "sd",
  "p10",
  "p50",
  "p90",
  "expected_gap_to_target",
  "conditional_gap_if_missed",
  "lower_tail_mean_10pct",
] as const satisfies readonly (keyof Headline)[];
const SUMS = ["weighted_pipeline"] as const;
const RATIOS = ["coverage_ratio", "required_coverage_ratio"] as const;

type OneOf<List extends readonly string[]> = List[number];

function isIn<List extends readonly string[]>(list: List, id: string): id is OneOf<List> {
  return list.includes(id);
}

/** The value of a definition in a report; `undefined` where it has no single value. */
export function valueBehind(id: DefinitionId, report: Report): Value | undefined {
  const forecast = report.open_pipeline;
  if (!forecast) return undefined;
  const amount: Unit = (value) => exactMoney(value, report.currency);
  if (isIn(PROBABILITIES, id)) {
    const simulated: Unit = (value) => exactPercent(value, report.trials);
    return fromBothEngines(forecast, id, { exact: exactPercent, simulated, error: inPoints });
  }
  if (isIn(AMOUNTS, id))
    return fromBothEngines(forecast, id, { exact: amount, simulated: amount, error: amount });
  if (isIn(SUMS, id)) return { shown: amount(forecast[id]) };
  if (isIn(RATIOS, id)) {
    const ratio = forecast[id];
    return ratio == null ? undefined : { shown: decimal(ratio, 6) };
  }
  return undefined;
}

/** A difference of probabilities: 0.155 points. */
function inPoints(difference: number): string {
  return t("charts.points", { number: decimal(100 * difference, 3) });
}

function fromBothEngines(
  forecast: OpenPipelineReport,
  id: OneOf<typeof PROBABILITIES> | OneOf<typeof AMOUNTS>,
  units: { readonly exact: Unit; readonly simulated: Unit; readonly error: Unit },
): Value | undefined {
  const shown = forecast[id];
  if (shown == null) return undefined;
  const simulated = forecast.simulated[id];
  const error = forecast.standard_error[id];
  const check = forecast.cross_check.find((one) => one.output === id);
  return {
    shown: forecast.headline_engine === "exact" ? units.exact(shown) : units.simulated(shown),
    ...(forecast.headline_engine === "exact" && simulated != null
      ? { simulated: units.simulated(simulated) }
      : {}),
    ...(error != null ? { error: units.error(error) } : {}),
    ...(check?.difference_in_standard_errors != null
      ? { apart: decimal(check.difference_in_standard_errors, 2) }
      : {}),
  };
}
