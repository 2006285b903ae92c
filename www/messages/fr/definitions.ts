import type { definitions as english } from "../en/definitions.js";

/** French words of the area “definitions”. */
export const definitions: typeof english = {};
