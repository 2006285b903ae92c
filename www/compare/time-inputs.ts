/** Hires, and the months from which rates change, as inputs of levers. Pure. */
import type { Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";
import type { Input } from "./inputs.js";

const SECTION = "pipeline_generation" as const;

export function timeInputs({ pipeline_generation: machine }: Scenario): Input[] {
  const shared = { section: SECTION, minimum: 1, maximum: 120, step: 1, plain: true } as const;
  const month = { ...shared, unit: "plain" } as const;
  const hires = (machine?.capacity?.hires ?? []).flatMap(({ month: when, count }, index): Input[] => {
    const at = (field: string) => `/${SECTION}/capacity/hires/${index}/${field}`;
    const words = { number: String(index + 1), month: String(when) };
    return [
      { ...month, at: at("month"), name: t("compare.hire_month", words), value: when },
      {
        ...month,
        at: at("count"),
        name: t("compare.hire_count", words),
        minimum: 0,
        maximum: 1e5,
        value: count,
      },
    ];
  });
  const changes = (machine?.regimes ?? []).flatMap(({ from_month: from }, index): Input[] =>
    index === 0
      ? []
      : [
          {
            ...month,
            at: `/${SECTION}/regimes/${index}/from_month`,
            name: t("compare.regime_month", { number: String(index + 1) }),
            minimum: 2,
            value: from,
          },
        ],
  );
  return [...hires, ...changes];
}
