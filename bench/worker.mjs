// A worker thread with the engine: simulates what it is told.
import { parentPort, workerData } from "node:worker_threads";
import { initSync, simulate } from "../www/generated/dealcast.js";

initSync({ module: workerData });
parentPort.on("message", ({ scenario, first, count }) => {
  const part = simulate(scenario, first, count);
  parentPort.postMessage(part.length, [part.buffer]);
});
parentPort.postMessage("ready");
