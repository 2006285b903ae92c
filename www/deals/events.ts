/** What the deal views ask of the page: they never change the scenario themselves. */
import type { CsvImport, CsvOptions, ExportOptions, Scenario } from "../generated/dealcast.js";

/** Changes a draft of the scenario in place. */
export type DraftEdit = (draft: Scenario) => void;

/** Detail of `scenario-edit`: one step of the history, with the words that name it. */
export interface ScenarioEdit {
  readonly label: string;
  readonly edit: DraftEdit;
}

/** Asks the page to apply an edit: one step to undo. */
export function fireEdit(from: HTMLElement, label: string, edit: DraftEdit): void {
  from.dispatchEvent(
    new CustomEvent<ScenarioEdit>("scenario-edit", {
      detail: { label, edit },
      bubbles: true,
      composed: true,
    }),
  );
}

/** What the deal views need of the engine. */
export interface DealFiles {
  /** Absent for those who only read: nothing is imported over a page of a wiki. */
  importCsv?(bytes: Uint8Array, options: CsvOptions): Promise<CsvImport>;
  exportDealsCsv(scenario: Scenario, options: ExportOptions): Promise<string>;
}

declare global {
  interface HTMLElementEventMap {
    "scenario-edit": CustomEvent<ScenarioEdit>;
    /** Asks for the import dialog. */
    "import-request": Event;
  }
}
