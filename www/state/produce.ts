/**
 * Edits a document without changing it: `produce(base, draft => { draft.a.b = 1 })` returns a new
 * document that shares every untouched part with the old one. For JSON documents: plain objects and
 * lists.
 */
type Json = Record<string | number, unknown>;

interface Draft {
  readonly base: Json;
  copy: Json | undefined;
  changed: boolean;
  readonly parent: Draft | undefined;
}

const drafts = new WeakMap<object, Draft>();

/** The edited document; the same object when the recipe changes nothing. A recipe may also return the new document. */
// biome-ignore lint/suspicious/noConfusingVoidType: a recipe that edits returns nothing.
export function produce<T extends object>(base: T, recipe: (draft: T) => T | void): T {
  const root = open(base as Json, undefined);
  const returned = recipe(root as T);
  return finish(returned === undefined ? root : returned) as T;
}

function open(base: Json, parent: Draft | undefined): Json {
  const draft: Draft = { base, copy: undefined, changed: false, parent };
  // The target decides whether the proxy is a list; the handlers only look at the draft.
  const proxy = new Proxy(Array.isArray(base) ? ([] as unknown as Json) : ({} as Json), handlers(draft));
  drafts.set(proxy, draft);
  return proxy;
}

function copyOf(draft: Draft): Json {
  draft.copy ??= (Array.isArray(draft.base) ? [...draft.base] : { ...draft.base }) as Json;
  return draft.copy;
}

function isNode(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function markChanged(draft: Draft | undefined): void {
  for (let at = draft; at && !at.changed; at = at.parent) at.changed = true;
}

function handlers(draft: Draft): ProxyHandler<Json> {
  return {
    get(_, key) {
      const current = draft.copy ?? draft.base;
      const value = Reflect.get(current, key);
      if (!isNode(value) || drafts.has(value) || typeof key === "symbol") return value;
      if (!Object.hasOwn(current, key)) return value;
      const child = open(value, draft);
      copyOf(draft)[key] = child;
      return child;
    },
    set(_, key, value) {
      const current = draft.copy ?? draft.base;
      if (Object.is(Reflect.get(current, key), value) && Object.hasOwn(current, key)) return true;
      const done = Reflect.set(copyOf(draft), key, value);
      markChanged(draft);
      return done;
    },
    deleteProperty(_, key) {
      if (!Object.hasOwn(draft.copy ?? draft.base, key)) return true;
      const done = Reflect.deleteProperty(copyOf(draft), key);
      markChanged(draft);
      return done;
    },
    has: (_, key) => Reflect.has(draft.copy ?? draft.base, key),
    ownKeys: () => Reflect.ownKeys(draft.copy ?? draft.base),
    getOwnPropertyDescriptor(target, key) {
      const current = draft.copy ?? draft.base;
      const descriptor = Reflect.getOwnPropertyDescriptor(current, key);
      if (!descriptor) return undefined;
      // A proxy may only show a fixed property that its target has: a list's length.
      const fixed = Array.isArray(target) && key === "length";
      const value: unknown = fixed
        ? (current as { length?: unknown }).length
        : this.get?.(target, key, target);
      if (fixed) (target as unknown as unknown[]).length = value as number;
      return { ...descriptor, value, configurable: !fixed };
    },
  };
}

/** What a draft became; parts of it that are drafts themselves are replaced by what they became. */
function finish(value: unknown): unknown {
  if (!isNode(value)) return value;
  const draft = drafts.get(value);
  if (draft) {
    if (!draft.changed || !draft.copy) return draft.base;
    for (const key of Object.keys(draft.copy)) {
      const part = draft.copy[key];
      if (part !== draft.base[key]) draft.copy[key] = finish(part);
    }
    return draft.copy;
  }
  for (const key of Object.keys(value)) {
    const part = value[key];
    const finished = finish(part);
    if (finished !== part) value[key] = finished;
  }
  return value;
}
