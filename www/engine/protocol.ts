/**
 * Messages between the page and its workers. The calls are the engine's own exports, so that their
 * types come from Rust alone.
 */
import type { Exports } from "../generated/core.js";

/** Exports that a worker serves. */
export type CallName =
  | "applyPlan"
  | "checkScenario"
  | "compare"
  | "exportDealsCsv"
  | "goalSeek"
  | "importCsv"
  | "leverCatalogue"
  | "newSeed"
  | "plan"
  | "preview"
  | "readScenarioText"
  | "report"
  | "sensitivity"
  | "simulate"
  | "waterfall";

export type Arguments<Name extends CallName> = Parameters<Exports[Name]>;
export type Result<Name extends CallName> = ReturnType<Exports[Name]>;

/** What a module can do: everything, or the forecast of an open pipeline alone, which is what most readers see first. */
export type Extent = "whole" | "pipeline";

/**
 * The engine's code as it is handed over: compiled Wasm, or the same core as JavaScript where Wasm is
 * refused: a script to import, or one that the worker already holds.
 */
export type Code =
  | { readonly kind: "wasm"; readonly module: WebAssembly.Module; readonly extent: Extent }
  | { readonly kind: "script"; readonly url: string }
  | { readonly kind: "present" };

/** First message to a worker: the engine. Answered by `ready`, or `unable`. */
export interface Start {
  readonly kind: "start";
  readonly code: Code;
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
export type Reply =
  | { readonly kind: "reply"; readonly id: number; readonly ok: true; readonly value: Result<CallName> }
  | {
      readonly kind: "reply";
      readonly id: number;
      readonly ok: false;
      readonly name: string;
      readonly message: string;
    };

export type FromWorker =
  | Reply
  /** Share of a long call that is done. */
  | { readonly kind: "progress"; readonly id: number; readonly done: number }
  | { readonly kind: "ready" }
  | { readonly kind: "unable"; readonly message: string };
