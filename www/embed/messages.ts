/**
 * Messages between a framed page and the page around it. Out: the height, as Embedly's `iframe.resize` and as our own.
 * In: view, theme and language, from the parent alone; anything of another shape is ignored.
 */
import { LOCALES, type Locale } from "../i18n.js";
import { THEMES, type Theme } from "../state/theme.js";
import { VIEWS, type ViewId } from "../views/views.js";

/** What the page around may ask: `{dealcast: 1, type: "show", view?, theme?, lang?}`. */
export interface Show {
  readonly view?: ViewId;
  readonly theme?: Theme;
  readonly lang?: Locale;
}

/** A message of ours, or nothing. */
export function showIn(data: unknown): Show | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const message = data as Record<string, unknown>;
  if (message.dealcast !== 1 || message.type !== "show") return undefined;
  const one = <T>(known: readonly T[], value: unknown) => known.find((each) => each === value);
  const view = one(
    VIEWS.map(({ id }) => id),
    message.view,
  );
  const theme = one(THEMES, message.theme);
  const lang = one(LOCALES, message.lang);
  if (view === undefined && theme === undefined && lang === undefined) return undefined;
  return { ...(view && { view }), ...(theme && { theme }), ...(lang && { lang }) };
}

/** Tells the page around how high this one is, whenever that changes; does nothing where there is none. */
export function announceHeight(): void {
  if (window.parent === window) return;
  let last = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    // A height is nobody's secret: whoever frames the page sees it.
    window.parent.postMessage({ context: "iframe.resize", height }, "*");
    window.parent.postMessage({ dealcast: 1, type: "height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
}

/** Hands on what the page around asks. */
export function onShow(listener: (show: Show) => void): void {
  addEventListener("message", ({ source, data }) => {
    if (source !== window.parent || window.parent === window) return;
    const show = showIn(data);
    if (show) listener(show);
  });
}
