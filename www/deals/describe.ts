/** The sentence for an error of the engine or of an import. */
import type { InputError } from "../generated/dealcast.js";
import { type MessageKey, type Params, t } from "../i18n.js";

/** Reads the catalogue of the area “errors” by code; parameters that are lists become texts. */
export function errorSentence(error: InputError): string {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error.params)) {
    params[name] = typeof value === "number" ? value : Array.isArray(value) ? value.join(", ") : String(value);
  }
  return t(`errors.${error.code}` as MessageKey, params as Params);
}
