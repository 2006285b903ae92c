/**
 * What an address asks of the page: `?lang=fr&mode=readonly` or, without a request to the server, the same after `#`,
 * which wins. Unknown values are ignored.
 */
import { THEMES, type Theme } from "./theme.js";

export interface Asked {
  /** Levers move, nothing is saved. */
  readonly readonly: boolean;
  readonly theme: Theme | undefined;
  /** ISO 4217, in place of the document's. */
  readonly currency: string | undefined;
  /** A scenario in the address: share/link.ts. */
  readonly link: string | undefined;
}

export function asked(search: string, hash: string): Asked {
  const query = new URLSearchParams(search);
  const fragment = new URLSearchParams(hash.replace(/^#/, ""));
  const value = (name: string) => fragment.get(name) ?? query.get(name) ?? undefined;
  const currency = value("currency")?.toUpperCase();
  return {
    readonly: value("mode") === "readonly",
    theme: THEMES.find((known) => known === value("theme")),
    currency: currency && /^[A-Z]{3}$/.test(currency) ? currency : undefined,
    // Never in the query: that would go to the server.
    link: fragment.get("s") ?? undefined,
  };
}

/** The fragment with one parameter changed or taken out. */
export function withParameter(hash: string, name: string, value: string | undefined): string {
  const fragment = new URLSearchParams(hash.replace(/^#/, ""));
  if (value === undefined) fragment.delete(name);
  else fragment.set(name, value);
  const text = fragment.toString();
  return text ? `#${text}` : "";
}
