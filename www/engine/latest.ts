/** Calls of which only the latest matters: one is under way, one waits, those between are overtaken. */
export class Latest<Arguments extends unknown[], Result> {
  #waiting:
    | { args: Arguments; resolve(result: Result | undefined): void; reject(error: unknown): void }
    | undefined;
  #busy = false;

  constructor(private readonly call: (...args: Arguments) => Promise<Result>) {}

  /** The call's result; `undefined` where a later one overtook it before it began. */
  ask(...args: Arguments): Promise<Result | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting?.resolve(undefined);
      this.#waiting = { args, resolve, reject };
      void this.#next();
    });
  }

  async #next(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting) {
      const { args, resolve, reject } = this.#waiting;
      this.#waiting = undefined;
      await this.call(...args).then(resolve, reject);
    }
    this.#busy = false;
  }
}
