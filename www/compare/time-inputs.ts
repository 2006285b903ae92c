/** Hires, the months from which rates change, and the months that count for a target, as inputs of levers. Pure. */
import type { Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import { DEFAULT_WINDOW, MOST_MONTHS } from "../inputs/specs.js";
import type { Section } from "../views/views.js";
import type { Input } from "./inputs.js";

/** The machine's horizon where the document says nothing. */
export const USUAL_HORIZON = 36;

export function timeInputs(scenario: Scenario): Input[] {
  return [...windowInputs(scenario), ...machineInputs(scenario)];
}

function monthInput(at: string, section: Section, name: string, value: number): Input {
  const bounds = { unit: "plain", minimum: 1, maximum: MOST_MONTHS, step: 1 } as const;
  return { at, section, name, ...bounds, value, plain: true };
}

/** Both ends of the window: neither passes the other, nor the horizon that the document states. */
function windowInputs({ open_pipeline: pipeline, pipeline_generation: machine }: Scenario): Input[] {
  const ends = (
    section: "open_pipeline" | "pipeline_generation",
    words: "window" | "wins",
    window: { readonly first_month: number; readonly last_month: number },
    last: number,
  ): Input[] => {
    const end = (name: "first_month" | "last_month") =>
      monthInput(`/${section}/target_window/${name}`, section, t(`compare.${words}_${name}`), window[name]);
    return [
      { ...end("first_month"), maximum: window.last_month },
      { ...end("last_month"), minimum: window.first_month, maximum: Math.max(last, window.last_month) },
    ];
  };
  const horizon = machine?.horizon_months ?? USUAL_HORIZON;
  return [
    ...(pipeline
      ? ends(
          "open_pipeline",
          "window",
          pipeline.target_window ?? DEFAULT_WINDOW,
          pipeline.horizon_months ?? MOST_MONTHS,
        )
      : []),
    ...(machine
      ? ends(
          "pipeline_generation",
          "wins",
          machine.target_window ?? { first_month: 1, last_month: horizon },
          horizon,
        )
      : []),
  ];
}

function machineInputs({ pipeline_generation: machine }: Scenario): Input[] {
  const place = "/pipeline_generation";
  const month = (at: string, name: string, value: number) =>
    monthInput(`${place}/${at}`, "pipeline_generation", name, value);
  const hires = (machine?.capacity?.hires ?? []).flatMap(({ month: when, count }, index): Input[] => {
    const words = { number: String(index + 1), month: String(when) };
    const at = `capacity/hires/${index}`;
    return [
      month(`${at}/month`, t("compare.hire_month", words), when),
      { ...month(`${at}/count`, t("compare.hire_count", words), count), minimum: 0, maximum: 1e5 },
    ];
  });
  const changes = (machine?.regimes ?? []).flatMap(({ from_month: from }, index): Input[] =>
    index === 0
      ? []
      : [
          {
            ...month(
              `regimes/${index}/from_month`,
              t("compare.regime_month", { number: String(index + 1) }),
              from,
            ),
            minimum: 2,
          },
        ],
  );
  return [...hires, ...changes];
}
