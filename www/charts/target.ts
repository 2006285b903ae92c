/** The target over a distribution: what a drag draws anew, and nothing else does. */
import { money, percent } from "../format.js";
import { t } from "../i18n.js";
import { type Distribution, type DistributionPicture, PILL } from "./distribution.js";
import { probabilityAtLeast } from "./exceedance.js";
import { type Box, dot, line, type Mark, path, rect, rounded, text } from "./scene.js";
import { textWidth } from "./text.js";

/** P(total ≥ amount): the report's own figure at its own target, the curve elsewhere. */
export function targetProbability(
  { report }: Distribution,
  picture: DistributionPicture,
  amount: number,
): number {
  return amount === report.target ? report.prob_at_least_target : probabilityAtLeast(picture.curve, amount);
}

/** The probability at a target as text, with the digits of the headline. */
export function probabilityText(input: Distribution, picture: DistributionPicture, amount: number): string {
  const { report, trials } = input;
  const share = targetProbability(input, picture, amount);
  if (report.headline_engine === "exact") return percent(share);
  // At or below what is won already, and nothing else, it is certain.
  const error = report.standard_error.prob_at_least_target;
  return percent(share, amount <= report.already_won ? {} : { error, trials });
}

/** What of the bars reaches the target. */
export function reachedClip({ plot, x }: DistributionPicture, amount: number): Box {
  const right = plot.x + plot.width;
  const from = Math.min(Math.max(x(amount), plot.x), right);
  return { ...plot, x: from, width: right - from };
}

/** The target at an amount: line, point on the curve and label; at the edge with an arrow where it lies outside. */
export function targetMarks(
  input: Distribution,
  picture: DistributionPicture,
  amount: number,
  grips = true,
): Mark[] {
  const { plot, x, y, width } = picture;
  const right = plot.x + plot.width;
  const wish = x(amount);
  const at = Math.min(Math.max(wish, plot.x), right);
  const outside =
    wish > right + 0.5 ? "charts.target_beyond" : wish < plot.x - 0.5 ? "charts.target_before" : undefined;
  const words = t(outside ?? "charts.target_pill", {
    amount: money(amount, input.currency),
    share: probabilityText(input, picture, amount),
  });
  const room = textWidth(words, "targetText") + (grips ? 36 : 20);
  const start = Math.min(Math.max(at - room / 2, 0), Math.max(width - room, 0));
  const share = Math.min(Math.max(probabilityAtLeast(picture.curve, amount), 0), 1);
  const middle = PILL / 2;
  return [
    line("target", at, PILL, at, plot.y + plot.height),
    ...picture.labels,
    ...(outside ? [] : [dot("targetPoint", at, y(share), 4.5)]),
    rect("targetPill", start, 1, room, PILL - 2, (PILL - 2) / 2),
    ...(grips
      ? [
          path(
            "targetGrip",
            `M${rounded(start + 13)},${middle - 4}l-4,4l4,4M${rounded(start + room - 13)},${middle - 4}l4,4l-4,4`,
          ),
        ]
      : []),
    text("targetText", start + room / 2, middle + 4, words, "middle"),
  ];
}
