/** The case that the page starts on: loaded with it, so that it is never empty. The others wait in the library. */
import first from "../../cases/example-quarter.json";
import type { Scenario } from "../generated/dealcast.js";
import { t } from "../i18n.js";

/** Titled in the language of the place that was entered last. */
export function firstCase(): Scenario {
  return { ...(first as unknown as Scenario), title: t("app.first_case") };
}
