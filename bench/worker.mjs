// A worker thread with the engine: simulates what it is told.
import { parentPort, workerData } from "node:worker_threads";
import { initSync, simulate } from "../www/generated/pipeline.js";

initSync({ module: workerData });
parentPort.on("message", ({ document, first, count }) => {
  const part = simulate(document, first, count);
  parentPort.postMessage(part.length, [part.buffer]);
});
parentPort.postMessage("ready");
