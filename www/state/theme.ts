/** Light, dark, or as the system: an attribute on <html>, remembered where storage is allowed. */
import { browserStorage } from "./persist.js";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "dealcast.theme";

export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return THEMES.find((known) => known === chosen) ?? "auto";
}

export function setTheme(next: Theme): void {
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    browserStorage()?.setItem(KEY, next);
  } catch {
    // Refused or full: the choice lasts as long as the page.
  }
}

/** Takes up the choice of the last visit. */
export function restoreTheme(): void {
  let kept: string | null | undefined;
  try {
    kept = browserStorage()?.getItem(KEY);
  } catch {
    kept = null;
  }
  const known = THEMES.find((one) => one === kept);
  if (known) setTheme(known);
}
