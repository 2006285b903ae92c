import { expect, it, vi } from "vitest";
import { byText, received, sendable } from "./by-text.js";
import type { FromWorker, ToWorker } from "./protocol.js";

/** A worker that keeps what was posted to it, as the browser would copy it. */
function worker() {
  const posted: Parameters<typeof received>[0][] = [];
  let hear: (event: MessageEvent) => void = () => {};
  return {
    posted,
    tell: (message: unknown) => hear({ data: structuredClone(message) } as MessageEvent),
    postMessage: (message: Parameters<typeof received>[0]) => void posted.push(structuredClone(message)),
    terminate: vi.fn(),
    addEventListener: (_: string, listener: (event: never) => void) => {
      hear = listener as typeof hear;
    },
  };
}
const call = (name: string, ...args: unknown[]) =>
  ({ kind: "call", id: 1, name, args }) as unknown as ToWorker;

it("documents arrive as their text, the rest of a call as it was sent", () => {
  const one = worker();
  const lane = byText(one as unknown as Worker);
  const document = { schema: "dealcast/1", open_pipeline: { deals: [{ deal_id: "é", amount: 0.1 }] } };
  lane.postMessage(call("simulate", document, 0, 4));
  lane.postMessage(call("simulate", document, 4, 4));
  const heard = one.posted.map((message) => received(message));
  expect(heard).toEqual([0, 4].map((first) => call("simulate", JSON.stringify(document), first, 4)));
});

it("texts, bytes and calls without a document go as they are", () => {
  const one = worker();
  const lane = byText(one as unknown as Worker);
  const calls = [call("readScenarioText", "{}"), call("importCsv", new Uint8Array([1]), {}), call("newSeed")];
  for (const message of calls) lane.postMessage(message);
  expect(one.posted).toEqual(calls);
  expect(one.posted.map((message) => received(message))).toEqual(calls);
});

it("reports in text come back as reports, long ones as well; other answers and failures untouched", async () => {
  const one = worker();
  const heard: FromWorker[] = [];
  byText(one as unknown as Worker).addEventListener("message", ({ data }) => void heard.push(data));
  const reply = (value: unknown) => ({ kind: "reply", id: 7, ok: true, value }) as FromWorker;
  const long = { deals: Array.from({ length: 20_000 }, (_, index) => ({ deal_id: `D${index}` })) };
  const failed: FromWorker = { kind: "reply", id: 8, ok: false, name: "Error", message: "no" };
  one.tell(sendable(reply('{"report":1}'), "report"));
  one.tell(sendable(reply("a;b"), "exportDealsCsv"));
  one.tell(sendable(reply(new Uint8Array([5])), "simulate"));
  one.tell(sendable(failed, "preview"));
  expect(heard).toEqual([reply({ report: 1 }), reply("a;b"), reply(new Uint8Array([5])), failed]);
  one.tell(sendable(reply(JSON.stringify(long)), "preview"));
  await vi.waitFor(() => expect(heard).toHaveLength(5));
  expect(heard[4]).toEqual(reply(long));
});
