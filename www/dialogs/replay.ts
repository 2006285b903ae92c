import type { Report } from "../generated/dealcast.js";
import { t } from "../i18n.js";

/** What it takes to compute the same report again. */
export function replay(report: Report): string {
  return t("app.replay", {
    version: `${report.engine.name} ${report.engine.version}`,
    seed: String(report.seed),
    trials: report.trials,
  });
}
