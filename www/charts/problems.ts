/** What tests look for in pictures: marks outside, texts on one another, shapes without a size. */
import type { Box, Mark, Picture, TextMark } from "./scene.js";
import { textBox } from "./text.js";

/** All marks, those of clipped groups included. */
function flat(marks: readonly Mark[]): Mark[] {
  return marks.flatMap((mark) => (mark.kind === "clipped" ? flat(mark.marks) : [mark]));
}

/** Corners of a mark. Paths of charts have absolute coordinates; the grips of the target are tested by their pill. */
function corners(mark: Mark): number[][] {
  switch (mark.kind) {
    case "rect":
      return boxCorners(mark);
    case "text":
      return boxCorners(textBox(mark));
    case "line":
      return [
        [mark.x1, mark.y1],
        [mark.x2, mark.y2],
      ];
    case "dot":
      return boxCorners({
        x: mark.x - mark.radius,
        y: mark.y - mark.radius,
        width: 2 * mark.radius,
        height: 2 * mark.radius,
      });
    case "path":
      return mark.role === "targetGrip" ? [] : pathPoints(mark.d);
    case "clipped":
      return boxCorners(mark.clip);
  }
}

function boxCorners({ x, y, width, height }: Box): number[][] {
  return [
    [x, y],
    [x + width, y + height],
  ];
}

function pathPoints(d: string): number[][] {
  const points: number[][] = [];
  let [x, y] = [0, 0];
  for (const [, command, values = ""] of d.matchAll(/([MLHVZ])([^MLHVZ]*)/g)) {
    const numbers = values.split(",").map(Number);
    if (command === "H") x = numbers[0] ?? Number.NaN;
    else if (command === "V") y = numbers[0] ?? Number.NaN;
    else if (command !== "Z") [x = Number.NaN, y = Number.NaN] = numbers;
    points.push([x, y]);
  }
  return points;
}

function overlap(a: Box, b: Box): boolean {
  const slack = 0.01;
  return (
    a.x + a.width > b.x + slack &&
    b.x + b.width > a.x + slack &&
    a.y + a.height > b.y + slack &&
    b.y + b.height > a.y + slack
  );
}

/** What is wrong with a picture; nothing, for any valid report. */
export function problems(name: string, picture: Picture): string[] {
  const found: string[] = [];
  const { width, height } = picture;
  if ("plot" in picture && !((picture.plot as Box).width > 0)) found.push("no room for the plot");
  const clips = picture.marks.filter((mark) => mark.kind === "clipped");
  if (clips.some(({ clip }) => !(clip.width >= 0))) found.push("clip turned over");
  const marks = flat(picture.marks);
  for (const mark of marks) {
    if (mark.kind === "rect" && !(mark.width >= 0 && mark.height >= 0))
      found.push(`no size: ${JSON.stringify(mark)}`);
    for (const [x = Number.NaN, y = Number.NaN] of corners(mark)) {
      // Not finite fails too.
      if (x >= -0.51 && x <= width + 0.51 && y >= -0.51 && y <= height + 0.51) continue;
      found.push(`outside: ${JSON.stringify(mark)}`);
    }
  }
  const texts = marks.filter((mark): mark is TextMark => mark.kind === "text");
  const boxes = texts.map(textBox);
  for (const [index, box] of boxes.entries()) {
    if (texts[index]?.text === "") found.push("empty text");
    for (let other = index + 1; other < boxes.length; other++) {
      if (overlap(box, boxes[other] as Box)) found.push(`“${texts[index]?.text}” on “${texts[other]?.text}”`);
    }
  }
  return found.map((problem) => `${name} at ${width}: ${problem}`);
}
