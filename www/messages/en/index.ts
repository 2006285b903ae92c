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

/** All English messages, by area. Their type is what every other language must have. */
export const en = {
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
