/** A worker: one instance of the engine, one listener. */
import { received, sendable } from "./by-text.js";
import type { CallName, FromWorker, ToWorker } from "./protocol.js";
import { type Runner, runner } from "./serve.js";

let engine: Promise<Runner> | undefined;

function send(message: FromWorker, transfer: Transferable[] = [], name?: CallName): void {
  self.postMessage(sendable(message, name), { transfer });
}

self.addEventListener("message", (event: MessageEvent<Parameters<typeof received>[0]>) => {
  const data: ToWorker = received(event.data);
  if (data.kind === "start") {
    engine = runner(data.code);
    engine.then(
      () => send({ kind: "ready" }),
      (error: unknown) => send({ kind: "unable", message: String(error) }),
    );
    return;
  }
  // Where the engine did not load, `unable` has said so.
  engine?.then(
    (runner) => {
      const reply = runner.answer(data, (done) => send({ kind: "progress", id: data.id, done }));
      send(reply, reply.ok && reply.value instanceof Uint8Array ? [reply.value.buffer] : [], data.name);
    },
    () => {},
  );
});
