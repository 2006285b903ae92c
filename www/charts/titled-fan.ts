/** `<dc-titled-fan>`: a fan by month of any amount, with the words it is given. */
import { customElement, property } from "lit/decorators.js";
import { FanChart, type Reading } from "./fan-chart.js";
import type { ChartContent } from "./frame.js";

/** What the fan is of. */
export interface FanWords {
  readonly title: string;
  readonly caption: string;
  /** One month in a sentence. */
  readonly summary: (reading: Reading) => string;
}

@customElement("dc-titled-fan")
export class TitledFan extends FanChart {
  @property({ attribute: false }) what!: FanWords;

  protected override words(reading: Reading): Pick<ChartContent, "title" | "caption" | "summary"> {
    const { title, caption, summary } = this.what;
    return { title, caption, summary: summary(reading) };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "dc-titled-fan": TitledFan;
  }
}
