/** One instance of the engine and its answers to calls, in a worker or on the page's own thread. */
import { type Core, createCore } from "../generated/core.js";
import type { Task } from "../generated/dealcast.js";
import { createCore as createPipelineCore, type Core as PipelineCore } from "../generated/pipeline-core.js";
import type { Call, CallName, Code, Reply, Result } from "./protocol.js";

declare global {
  /** Set by the script of the JavaScript core: makes an engine. */
  var dealcastCore: (() => Core) | undefined;
}

/** The calls that are served, by name, and how they are taken in steps. */
type Served = Pick<Core, CallName | "begin">;

/** A new engine from its code. Rejects where the code may not run here. */
async function load(code: Code): Promise<Partial<Served>> {
  if (code.kind === "wasm") {
    const core: Core | PipelineCore = code.extent === "whole" ? createCore() : createPipelineCore();
    const instance = await WebAssembly.instantiate(code.module, core.imports());
    core.finish(instance.exports);
    return core;
  }
  if (code.kind === "script" && !globalThis.dealcastCore) await import(/* @vite-ignore */ code.url);
  if (!globalThis.dealcastCore) throw new Error("the JavaScript core is not there");
  return globalThis.dealcastCore();
}

/** A call that is taken in steps of some milliseconds at most. */
export interface Steps {
  /** Goes on; the reply when there is one. */
  next(): Reply | undefined;
  /** Gives up what was begun. */
  leave(): void;
}

/** How calls are answered by an engine that was loaded. */
export interface Runner {
  /** At once, however long it takes. */
  answer(call: Call, progress?: (done: number) => void): Reply;
  /** In steps; a short call is one. */
  begin(call: Call, progress?: (done: number) => void): Steps;
}

/** An engine from its code, as what answers calls. */
export async function runner(code: Code): Promise<Runner> {
  const engine = await load(code);
  return {
    answer: (call, progress) => answer(engine, call, progress),
    begin: (call, progress) => begin(engine, call, progress),
  };
}

/** What must hold for a name that came in a message. */
const NAMES: Record<CallName, true> = {
  applyPlan: true,
  checkScenario: true,
  compare: true,
  exportDealsCsv: true,
  goalSeek: true,
  importCsv: true,
  leverCatalogue: true,
  newSeed: true,
  plan: true,
  preview: true,
  readScenarioText: true,
  report: true,
  sensitivity: true,
  simulate: true,
  waterfall: true,
};

/** Where long calls take what they tell their progress: a function cannot come in a message. */
const PROGRESS_AT: Partial<Record<CallName, number>> = { goalSeek: 2, sensitivity: 2, waterfall: 3 };

/** What a call takes, with its progress where it tells one. */
function given({ name, args }: Call, progress?: (done: number) => void): unknown[] {
  const given: unknown[] = [...args];
  const at = PROGRESS_AT[name];
  if (at !== undefined && progress) given[at] = progress;
  return given;
}

function failure(id: number, error: unknown): Reply {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { kind: "reply", id, ok: false, name, message };
}

function answer(engine: Partial<Served>, call: Call, progress?: (done: number) => void): Reply {
  const { id, name } = call;
  try {
    if (!Object.hasOwn(NAMES, name) || !engine[name]) throw new Error(`no call ${name}`);
    const run = engine[name] as (...args: unknown[]) => Result<CallName>;
    return { kind: "reply", id, ok: true, value: run(...given(call, progress)) };
  } catch (error) {
    return failure(id, error);
  }
}

function begin(engine: Partial<Served>, call: Call, progress?: (done: number) => void): Steps {
  const { id, name } = call;
  let task: Task | undefined;
  let begun = false;
  const next = (): Reply | undefined => {
    try {
      if (!begun && Object.hasOwn(NAMES, name)) task = engine.begin?.(name, given(call, progress));
      begun = true;
      if (!task) return answer(engine, call, progress);
      const value = task.step() as Result<CallName> | undefined;
      return value === undefined ? undefined : { kind: "reply", id, ok: true, value };
    } catch (error) {
      return failure(id, error);
    }
  };
  return { next, leave: () => task?.free() };
}
