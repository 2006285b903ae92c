/** The page's style sheets for an element: what is said of the page's root and body is said of the element. */
import deals from "../deals/deals.css?inline";
import page from "../styles/index.css?inline";

/** After the page's own: the element is as high as its content, on the ground of the page around it. */
const ELEMENT = `
:host { display: block; background: transparent; color-scheme: inherit; min-height: 0; container-type: inline-size; }
:host([hidden]) { display: none; }
:host([data-theme="light"]) { color-scheme: light; background: var(--paper); }
:host([data-theme="dark"]) { color-scheme: dark; background: var(--paper); }
.problem { margin: 0; padding: var(--space-4); border-left: 3px solid var(--bad); background: var(--bad-soft); }
`;

/** Selectors of the root and the body, rewritten for a shadow root. */
export function hosted(css: string): string {
  return css
    .replace(/:root((?:\[[^\]]*\])?)/g, (_, attribute: string) =>
      attribute ? `:host(${attribute})` : ":host",
    )
    .replace(/(^|[{},]\s*)(?:html|body)(?=\s*[,{])/g, "$1:host");
}

let sheets: CSSStyleSheet[] | undefined;

/** One set of sheets for all elements of a page. */
export function elementSheets(): CSSStyleSheet[] {
  sheets ??= [hosted(page), deals, ELEMENT].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}
