/** The views of the page: the sections of a document that each shows, and the one a document opens in. */
import type { Scenario } from "../generated/dealcast.js";

/** A model section of a scenario document. */
export type Section = Exclude<
  keyof Scenario,
  | "schema"
  | "title"
  | "notes"
  | "currency"
  | "start_month"
  | "seed"
  | "trials"
  | "stop_at_half_width"
  | "plans"
>;

interface View {
  readonly id: string;
  /** It shows a document that has any of these. */
  readonly sections: readonly Section[];
}

/** In the order of their links; their words are `app.view_<id>` and `app.start_<id>`. */
export const VIEWS = [
  { id: "pipeline", sections: ["open_pipeline"] },
  { id: "growth", sections: ["pipeline_generation", "arr_cohorts"] },
  { id: "partners", sections: ["partner_pnl", "partner_vendor_programme"] },
  {
    id: "compare",
    sections: [
      "open_pipeline",
      "pipeline_generation",
      "arr_cohorts",
      "partner_pnl",
      "partner_vendor_programme",
    ],
  },
] as const satisfies readonly View[];

export type ViewId = (typeof VIEWS)[number]["id"];

/** Whether a document has something for a view to show. */
export function holds(scenario: Scenario, id: ViewId): boolean {
  const view: View | undefined = VIEWS.find((one) => one.id === id);
  return view?.sections.some((section) => scenario[section] !== undefined) ?? false;
}

/** The view that shows a document: the one at hand where it can, else the first that does. */
export function viewFor(scenario: Scenario, at: ViewId = VIEWS[0].id): ViewId {
  if (holds(scenario, at)) return at;
  return VIEWS.find(({ id }) => holds(scenario, id))?.id ?? at;
}

/**
 * The view after the document became another. One that was edited, or whose edit was undone, shares
 * parts with what it was and stays in sight; one that was opened is shown where it has something to show.
 */
export function viewAfter(last: Scenario, next: Scenario, at: ViewId): ViewId {
  const shared = VIEWS.some((view: View) =>
    view.sections.some((section) => next[section] !== undefined && next[section] === last[section]),
  );
  return shared ? at : viewFor(next, at);
}

/** The view whose part of the document a JSON pointer is in. */
export function viewOfPath(path: string): ViewId | undefined {
  const section = path.split("/")[1];
  if (section === "plans") return "compare";
  return VIEWS.find((view: View) => view.sections.some((one) => one === section))?.id;
}

/** The address of a view: what follows the page's own, so that a reload and a bookmark keep it. */
export function addressOf(id: ViewId): string {
  return `#view=${id}`;
}

/** The view that an address names. */
export function viewIn(hash: string): ViewId | undefined {
  const asked = new URLSearchParams(hash.replace(/^#/, "")).get("view");
  return VIEWS.find(({ id }) => id === asked)?.id;
}
