/** A worker: one instance of the engine, one listener. */
import {
  checkScenario,
  exportDealsCsv,
  importCsv,
  initSync,
  newSeed,
  plan,
  preview,
  readScenarioText,
  report,
  simulate,
} from "../generated/dealcast.js";
import type { Call, CallName, FromWorker, Result, ToWorker } from "./protocol.js";

const served = {
  checkScenario,
  exportDealsCsv,
  importCsv,
  newSeed,
  plan,
  preview,
  readScenarioText,
  report,
  simulate,
} satisfies Record<CallName, unknown>;

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "start") {
    initSync({ module: data.module });
    return;
  }
  const reply = answer(data);
  const transfer = reply.ok && reply.value instanceof Uint8Array ? [reply.value.buffer] : [];
  self.postMessage(reply, { transfer });
});

function answer(call: Call): FromWorker {
  try {
    const run = served[call.name] as (...args: unknown[]) => Result<CallName>;
    return { id: call.id, ok: true, value: run(...call.args) };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { id: call.id, ok: false, name, message };
  }
}
