import type { errors as english } from "../en/errors.js";

/** French words of the area “errors”. */
export const errors: typeof english = {};
