/** `<dc-iso-line>`: the line of two sizes that reach a goal together. */
import { customElement, property } from "lit/decorators.js";
import { type ChartContent, ChartElement } from "../charts/frame.js";
import { number, type Table, words } from "../charts/table.js";
import { t } from "../i18n.js";
import { type IsoLine, isoPicture } from "./iso.js";

@customElement("dc-iso-line")
export class IsoLineChart extends ChartElement {
  @property({ attribute: false }) line: IsoLine | undefined;
  @property() sentence = "";

  protected override contentAt(width: number): ChartContent | undefined {
    const { line } = this;
    if (!line?.points.some(({ second }) => second !== undefined)) return undefined;
    const { firstName: first, secondName: second } = line;
    return {
      title: t("compare.iso_title", { first, second }),
      caption: t("compare.iso_caption"),
      summary: this.sentence,
      picture: isoPicture(line, width),
      table: () => isoTable(line),
    };
  }
}

function isoTable({ points, firstName, secondName, writeFirst, writeSecond }: IsoLine): Table {
  return {
    columns: [
      { name: firstName, numeric: true },
      { name: secondName, numeric: true },
    ],
    rows: points.map(({ first, second }) => [
      number(first, writeFirst(first)),
      second === undefined ? words(t("compare.out_of_bounds")) : number(second, writeSecond(second)),
    ]),
  };
}
