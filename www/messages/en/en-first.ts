import { app } from "./app.js";
import { charts } from "./charts.js";
import { deals } from "./deals.js";
import { definitions } from "./definitions.js";
import { errors } from "./errors.js";
import { share } from "./share.js";

/** What the first sight says. */
export const first = { app, charts, deals, definitions, errors, share };
