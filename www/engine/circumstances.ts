/** How the engine runs here: what a host refuses makes it slower, never different. */

const listeners = new Set<() => void>();

export const circumstances = {
  /** Whether the core runs as JavaScript, because WebAssembly is refused. */
  javascript: false,
  /** Whether it runs on the page's own thread, because workers are refused. */
  onPage: false,
  /** Whether it does not run at all: WebAssembly is refused, and there is no JavaScript core. */
  refused: false,

  turn(what: "javascript" | "onPage" | "refused"): void {
    if (circumstances[what]) return;
    circumstances[what] = true;
    for (const listener of listeners) listener();
  },

  /** Calls back when one of them changes; returns how to stop. */
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
