import type { app as english } from "../en/app.js";

/** French words of the shell: header, inputs, headline, dialogs. */
export const app: typeof english = {
  trials: { one: "{count} tirage", other: "{count} tirages" },
  seed_value: "Graine {seed}",
};
