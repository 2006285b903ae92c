/** A picture as an SVG file that stands alone: title, caption and source inside, colours written out. */
import { attributes, type Colours, type Role, textLook } from "./roles.js";
import { type Mark, type Picture, rounded as r, text } from "./scene.js";
import { wrapped } from "./text.js";

/** What a file says around its picture. */
export interface Framing {
  readonly title: string;
  readonly caption: string;
  /** Engine version, trials, seed and date: enough to replay it. */
  readonly source: string;
}

const MARGIN = 24;
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif";

/** Width of a picture inside a file of this width. */
export function pictureWidth(fileWidth: number): number {
  return fileWidth - 2 * MARGIN;
}

/** The whole file. `id` keeps the names inside it apart from those of other files on one page. */
export function svgFile(picture: Picture, framing: Framing, colours: Colours, id: string): string {
  const head: Mark[] = [];
  let y = MARGIN;
  const lines = (role: Role, words: string, spacing: number) => {
    for (const line of wrapped(words, role, picture.width)) {
      y += textLook(role).size * spacing;
      head.push(text(role, MARGIN, y, line));
    }
  };
  lines("title", framing.title, 1.3);
  y += 4;
  lines("caption", framing.caption, 1.4);
  const top = y + 16;
  y = top + picture.height + 6;
  lines("source", framing.source, 1.5);
  const width = picture.width + 2 * MARGIN;
  const height = Math.ceil(y + MARGIN - 6);
  const write = (marks: readonly Mark[]) => marks.map((mark) => element(mark, colours, id)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="${FONT}" role="img" aria-labelledby="${id}-title">` +
    `<title id="${id}-title">${escaped(framing.title)}</title><desc>${escaped(framing.caption)}</desc>` +
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>` +
    `${write(head)}<g transform="translate(${MARGIN},${r(top)})">${write(picture.marks)}</g></svg>`
  );
}

function element(mark: Mark, colours: Colours, id: string): string {
  if (mark.kind === "clipped") {
    const { x, y, width, height } = mark.clip;
    const name = `${id}-${mark.id}`;
    return (
      `<clipPath id="${name}"><rect x="${r(x)}" y="${r(y)}" width="${r(width)}" height="${r(height)}"/></clipPath>` +
      `<g clip-path="url(#${name})">${mark.marks.map((inner) => element(inner, colours, id)).join("")}</g>`
    );
  }
  const look = written(attributes(mark.role, colours));
  switch (mark.kind) {
    case "rect":
      return `<rect${written({ x: mark.x, y: mark.y, width: mark.width, height: mark.height, rx: mark.radius ?? 0 })}${look}/>`;
    case "line":
      return `<line${written({ x1: mark.x1, y1: mark.y1, x2: mark.x2, y2: mark.y2 })}${look}/>`;
    case "path":
      return `<path d="${mark.d}"${look}/>`;
    case "dot":
      return `<circle${written({ cx: mark.x, cy: mark.y, r: mark.radius })}${look}/>`;
    case "text":
      return `<text${written({ x: mark.x, y: mark.y, "text-anchor": mark.anchor })}${look}>${escaped(mark.text)}</text>`;
  }
}

function written(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? r(value) : escaped(value)}"`)
    .join("");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Words as text of XML or HTML. */
export function escaped(words: string): string {
  // Control characters and lone surrogates have no place in XML; a deal's name may hold them.
  return words
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[^\P{Cc}\t\n\r]/gu, "")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}
