/** Light, dark, or as the system: an attribute on <html>, remembered where storage is allowed. */
import { browserStorage } from "./persist.js";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "dealcast.theme";

/** The theme of a root: the page's, or an embedded element. */
export function theme(root: HTMLElement = document.documentElement): Theme {
  const chosen = root.dataset.theme;
  return THEMES.find((known) => known === chosen) ?? "auto";
}

/** Shows a theme without remembering it. */
export function showTheme(next: Theme, root: HTMLElement = document.documentElement): void {
  if (next === "auto") delete root.dataset.theme;
  else root.dataset.theme = next;
}

export function setTheme(next: Theme): void {
  showTheme(next);
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
  if (known) showTheme(known);
}
