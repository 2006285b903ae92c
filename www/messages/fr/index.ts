import type { en } from "../en/index.js";
import { app } from "./app.js";
import { charts } from "./charts.js";
import { compare } from "./compare.js";
import { deals } from "./deals.js";
import { definitions } from "./definitions.js";
import { embed } from "./embed.js";
import { errors } from "./errors.js";
import { growth } from "./growth.js";
import { meanings } from "./meanings.js";
import { partners } from "./partners.js";
import { share } from "./share.js";

/** All French messages, by area. Plain spaces become French spacing in `i18n.ts`. */
export const fr: typeof en = {
  app,
  charts,
  compare,
  deals,
  definitions,
  embed,
  errors,
  growth,
  meanings,
  partners,
  share,
};
