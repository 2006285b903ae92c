/**
 * Messages between the page and its workers. The calls are the engine's own exports, so that their
 * types come from Rust alone.
 */
import type * as exported from "../generated/dealcast.js";

type Exports = typeof exported;

/** Exports that a worker serves. */
export type CallName =
  | "checkScenario"
  | "exportDealsCsv"
  | "importCsv"
  | "newSeed"
  | "plan"
  | "preview"
  | "readScenarioText"
  | "report"
  | "simulate";

export type Arguments<Name extends CallName> = Parameters<Exports[Name]>;
export type Result<Name extends CallName> = ReturnType<Exports[Name]>;

/** First message to a worker: the compiled engine. */
export interface Start {
  readonly kind: "start";
  readonly module: WebAssembly.Module;
}

/** A call, answered by the reply with the same `id`. */
export type Call = {
  [Name in CallName]: {
    readonly kind: "call";
    readonly id: number;
    readonly name: Name;
    readonly args: Arguments<Name>;
  };
}[CallName];

export type ToWorker = Start | Call;

/** An answer, or a failure as plain data (errors do not survive every structured clone). */
export type FromWorker =
  | { readonly id: number; readonly ok: true; readonly value: Result<CallName> }
  | { readonly id: number; readonly ok: false; readonly name: string; readonly message: string };
