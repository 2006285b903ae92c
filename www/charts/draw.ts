/** A picture as SVG in the page, coloured by the style sheet. */
import { nothing, svg, type TemplateResult } from "lit";
import { type Box, type Mark, rounded as r } from "./scene.js";

/** The marks as SVG. Clips are drawn apart, by {@link drawClip}, since they may move. */
export function draw(marks: readonly Mark[]): TemplateResult[] {
  return marks.map(drawMark);
}

function drawMark(mark: Mark): TemplateResult {
  switch (mark.kind) {
    case "rect":
      return svg`<rect class=${mark.role} x=${r(mark.x)} y=${r(mark.y)} width=${r(mark.width)} height=${r(mark.height)} rx=${mark.radius || nothing} />`;
    case "line":
      return svg`<line class=${mark.role} x1=${r(mark.x1)} y1=${r(mark.y1)} x2=${r(mark.x2)} y2=${r(mark.y2)} />`;
    case "path":
      return svg`<path class=${mark.role} d=${mark.d} />`;
    case "dot":
      return svg`<circle class=${mark.role} cx=${r(mark.x)} cy=${r(mark.y)} r=${r(mark.radius)} />`;
    case "text":
      return svg`<text class=${mark.role} x=${r(mark.x)} y=${r(mark.y)} text-anchor=${mark.anchor}>${mark.text}${
        mark.full ? svg`<title>${mark.full}</title>` : nothing
      }</text>`;
    case "clipped":
      return svg`<g clip-path=${`url(#${mark.id})`}>${draw(mark.marks)}</g>`;
  }
}

/** A clip by its name. */
export function drawClip(id: string, clip: Box): TemplateResult {
  return svg`<clipPath id=${id}><rect x=${r(clip.x)} y=${r(clip.y)} width=${r(clip.width)} height=${r(clip.height)} /></clipPath>`;
}
