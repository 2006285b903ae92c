/**
 * Documents go to a worker as text, and reports come back as text: a browser copies a text in no time, and an object of
 * 5,000 deals in tens of milliseconds, on the page's own thread and for every piece of a run.
 */
import type { WorkerLike } from "./lane.js";
import type { Call, FromWorker, ToWorker } from "./protocol.js";

/** A call whose first argument, the document, is text. */
interface CallByText {
  readonly kind: "call-by-text";
  readonly call: Call;
  readonly document: string;
}
/** A reply whose value is text. */
interface ReplyByText {
  readonly kind: "reply-by-text";
  readonly id: number;
  readonly text: string;
}

/** Characters that take some milliseconds to read. */
const LONG = 200_000;

/** Documents are never changed, only replaced. */
const texts = new WeakMap<object, string>();

/** A document as text, written once. */
export function textOf(document: object): string {
  const text = texts.get(document) ?? JSON.stringify(document);
  texts.set(document, text);
  return text;
}

function isDocument(value: unknown): value is object {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}

/** A worker that is spoken to by text. */
export function byText(worker: Pick<Worker, "postMessage" | "terminate" | "addEventListener">): WorkerLike {
  return {
    postMessage(message: ToWorker) {
      const [document, ...others] = message.kind === "call" ? message.args : [];
      if (message.kind !== "call" || !isDocument(document)) {
        worker.postMessage(message);
        return;
      }
      const call = { ...message, args: [undefined, ...others] } as unknown as Call;
      worker.postMessage({ kind: "call-by-text", call, document: textOf(document) } satisfies CallByText);
    },
    terminate: () => worker.terminate(),
    addEventListener(type: "message" | "error", listener: (event: never) => void) {
      if (type === "error") worker.addEventListener(type, listener as (event: ErrorEvent) => void);
      else
        worker.addEventListener(type, ({ data }: MessageEvent<FromWorker | ReplyByText>) => {
          if (data.kind !== "reply-by-text") return listener({ data } as never);
          const reply = { kind: "reply", id: data.id, ok: true, value: JSON.parse(data.text) };
          const hand = () => listener({ data: reply } as never);
          // Reading a long one is a task of its own, and so is drawing it.
          if (data.text.length < LONG) hand();
          else setTimeout(hand);
        });
    },
  };
}

/** In the worker: a message for the engine, which takes documents as text. */
export function received(message: ToWorker | CallByText): ToWorker {
  if (message.kind !== "call-by-text") return message;
  const { call, document } = message;
  return { ...call, args: [document, ...call.args.slice(1)] } as unknown as Call;
}

/** In the worker: a message as it is sent. The engine gives reports on a text as text. */
export function sendable(message: FromWorker, name?: Call["name"]): FromWorker | ReplyByText {
  if (message.kind !== "reply" || !message.ok || (name !== "preview" && name !== "report")) return message;
  const text: unknown = message.value;
  return typeof text === "string" ? { kind: "reply-by-text", id: message.id, text } : message;
}
