/**
 * Parts of `<deal-cast>` that a page around may style with `deal-cast::part(name)`. Header, main and footer are named in
 * the page's own templates; the rest by what they are, wherever they stand.
 */

/** Name and selector. */
const NAMED = {
  navigation: ".views",
  inputs: ".inputs",
  group: ".group",
  field: "input, select, textarea",
  button: "button, summary",
  headline: ".sentence",
  figures: "dl.range, dl.beside",
  table: "table, .dc-grid",
  notice: ".notice, .errors",
  dialog: "dialog",
} as const;

/** Every part, in the order of the page. Those of a chart are inside it, and handed on by it. */
export const PARTS = [
  "header",
  "navigation",
  "main",
  "inputs",
  "group",
  "field",
  "button",
  "headline",
  "figures",
  "chart",
  "chart-title",
  "chart-caption",
  "chart-tools",
  "table",
  "notice",
  "dialog",
  "footer",
] as const;

/** Names the parts of a shadow root, and of what comes into it later; returns how to stop. */
export function nameParts(root: ShadowRoot): () => void {
  const name = (within: Element | ShadowRoot) => {
    for (const [part, selector] of Object.entries(NAMED)) {
      if (within instanceof Element && within.matches(selector)) within.part.add(part);
      for (const one of within.querySelectorAll(selector)) one.part.add(part);
    }
  };
  name(root);
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const node of addedNodes) if (node instanceof Element) name(node);
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}
