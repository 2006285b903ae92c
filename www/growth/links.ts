/** What the sections of a document link: the machine's wins to ARR, its new deals to the open pipeline. */
import type { Scenario } from "../generated/dealcast.js";

/** Where the wins or deals of the sales machine can go. */
export type Link = "arr_cohorts" | "open_pipeline";
export const LINKS: readonly Link[] = ["arr_cohorts", "open_pipeline"];
/** Where a document says so. */
export const LINK_PLACES: Readonly<Record<Link, string>> = {
  arr_cohorts: "/arr_cohorts/new_customers_from",
  open_pipeline: "/open_pipeline/new_deals_from",
};

export function isLinked({ arr_cohorts: arr, open_pipeline: open }: Scenario, link: Link): boolean {
  const from = link === "arr_cohorts" ? arr?.new_customers_from : open?.new_deals_from;
  return from !== undefined && from !== null;
}

/** Whether both ends of a link are in the document. */
export function canLink(scenario: Scenario, link: Link): boolean {
  return scenario.pipeline_generation !== undefined && scenario[link] !== undefined;
}

/** Links, or takes the link out; `customers`: new customers a month that then stand in its place. */
export function setLink(draft: Scenario, link: Link, on: boolean, customers?: number): void {
  const { arr_cohorts: arr, open_pipeline: open } = draft;
  if (link === "open_pipeline" && open) {
    if (on) open.new_deals_from = "pipeline_generation";
    else delete open.new_deals_from;
  }
  if (link === "arr_cohorts" && arr) {
    if (on) {
      delete arr.new_customers_per_month;
      delete arr.new_customers_monthly_growth;
      delete arr.new_customers_by_month;
      arr.new_customers_from = "pipeline_generation";
    } else {
      delete arr.new_customers_from;
      if (customers !== undefined) arr.new_customers_per_month = customers;
    }
  }
}
