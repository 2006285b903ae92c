/** What goes into a page of each host, and what its administrator must allow. */

export type Host =
  | "confluence_cloud"
  | "confluence_dc"
  | "sharepoint"
  | "notion"
  | "mediawiki"
  | "gitlab"
  | "wikijs"
  | "html";

export const HOSTS: readonly Host[] = [
  "confluence_cloud",
  "confluence_dc",
  "sharepoint",
  "notion",
  "mediawiki",
  "gitlab",
  "wikijs",
  "html",
];

/** What a snippet is made of. */
export interface Embedded {
  /** Folder that dealcast is served from, with its last slash. */
  readonly folder: string;
  /** Parameters after `#`, the scenario among them. */
  readonly fragment: string;
  readonly title: string;
  readonly view: string;
  /** Without one, readers only move the levers. */
  readonly mode?: string;
  /** Empty: the reader's. */
  readonly lang: string;
  readonly theme?: string;
  /** The scenario as JSON. */
  readonly json: string;
}

/** The text to put into a page of the host. */
export function snippet(host: Host, embedded: Embedded): string {
  const { folder, fragment, title, view, mode = "readonly", lang, theme = "auto", json } = embedded;
  const address = `${folder}index.html${fragment}`;
  const frame = `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="900" style="border: 0"></iframe>`;
  switch (host) {
    case "notion":
      return address;
    case "gitlab":
      return `[${title.replace(/[\\[\]]/g, "\\$&").replace(/\s+/g, " ")}](${address})\n`;
    case "mediawiki":
      return `<includeonly>${frame}</includeonly>\n`;
    case "html":
      return (
        `<script type="module" src="${attribute(`${folder}deal-cast.js`)}"></script>\n` +
        `<deal-cast mode="${attribute(mode)}" view="${attribute(view)}"${lang ? ` lang="${attribute(lang)}"` : ""}` +
        `${theme === "auto" ? "" : ` theme="${attribute(theme)}"`}>\n` +
        // Inside a script element, “<” is written so that no text of the scenario can end it.
        `  <script type="application/json">${json.replaceAll("<", "\\u003c")}</script>\n</deal-cast>\n`
      );
    default:
      return `${frame}\n`;
  }
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
