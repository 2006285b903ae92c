/** What the page needs of the engine beside reports. */
import type { CompareEngine } from "../compare/comparing.js";
import type { DealFiles } from "../deals/events.js";
import type { EngineClient } from "../engine/client.js";
import { prefetch } from "../engine/index.js";
import type { Report, Scenario } from "../generated/dealcast.js";
import type { Read } from "../state/files.js";

export interface Services {
  /** For those who only read: levers move, the document stays. */
  readonly reader?: true;
  /** Reads a scenario file. */
  readonly read: Read;
  /** A report from few trials, beside the document's own; absent where it cannot be computed. */
  expected(scenario: Scenario): Promise<Report | undefined>;
  /** Compares a document with its plans. */
  readonly comparisons: CompareEngine;
  /** Fetches what other views than the first compute with, before they ask for it. */
  prepare(): void;
  /** Draws a seed: the engine's own, from the browser's randomness. */
  drawSeed(): Promise<number>;
  /** Reads and writes CSV files of deals. */
  readonly files: DealFiles;
}

const readers = new WeakMap<Services, Services>();

/** The same for those who only read: without what replaces the document. */
export function forReaders(services: Services): Services {
  const { exportDealsCsv } = services.files;
  const known = readers.get(services) ?? { ...services, reader: true, files: { exportDealsCsv } };
  readers.set(services, known);
  return known;
}

export function servicesOf(engine: EngineClient, comparisons: CompareEngine): Services {
  return {
    read: (text) => engine.call("readScenarioText", text),
    expected: async (scenario) => {
      const answer = await engine.call("preview", scenario);
      return "report" in answer ? answer.report : undefined;
    },
    comparisons,
    prepare: () => prefetch("whole"),
    drawSeed: () => engine.call("newSeed"),
    files: {
      importCsv: (bytes, options) => engine.call("importCsv", bytes, options),
      exportDealsCsv: (scenario, options) => engine.call("exportDealsCsv", scenario, options),
    },
  };
}
