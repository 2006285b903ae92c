import type { Message } from "../../i18n.js";

/** English words of the shell: header, inputs, headline, dialogs. */
export const app = {
  trials: { one: "{count} trial", other: "{count} trials" },
  seed_value: "Seed {seed}",
} satisfies Record<string, Message>;
