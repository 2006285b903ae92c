/** What the page needs of the engine beside reports. */
import type { DealFiles } from "../deals/events.js";
import type { Read } from "../state/files.js";

export interface Services {
  /** Reads a scenario file. */
  readonly read: Read;
  /** Draws a seed: the engine's own, from the browser's randomness. */
  drawSeed(): Promise<number>;
  /** Reads and writes CSV files of deals. */
  readonly files: DealFiles;
}
