/** Scenario files: read with the engine's own checks, written as readable JSON. */
import type { InputError, Scenario, ScenarioAnswer } from "../generated/dealcast.js";

/** What a file gave: a document, or why not. */
export type ReadFile =
  | { readonly scenario: Scenario }
  | { readonly name: string; readonly errors: readonly InputError[] };

/** Largest file that is read at all; the engine has its own, tighter bound on documents. */
const MOST_BYTES = 128 * 1024 * 1024;

export type Read = (text: string) => Promise<ScenarioAnswer>;

export async function readScenarioFile(file: File, read: Read): Promise<ReadFile> {
  if (file.size > MOST_BYTES) {
    const params = { size: file.size, maximum: MOST_BYTES };
    return { name: file.name, errors: [{ code: "too_large", path: "", params }] };
  }
  const outcome = await read(await file.text());
  return "scenario" in outcome ? outcome : { name: file.name, errors: outcome.errors };
}

/** The document as it is saved. */
export function scenarioText(scenario: Scenario): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

/** A file name from the title: letters and digits of any script, joined by hyphens. */
export function fileName(title: string | undefined): string {
  const stem = (title ?? "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .toLowerCase();
  return `${stem || "scenario"}.dealcast.json`;
}

/** Hands a text to the browser as a download. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after the click; revoking at once would break it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
