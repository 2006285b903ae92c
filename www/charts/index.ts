/** All chart elements; importing this defines them. */
export { CategoryRange } from "./category-range.js";
export { CorrelationEffect } from "./correlation-effect.js";
export { DealSwings } from "./deal-swings.js";
export { DistributionChart } from "./distribution-chart.js";
export { FanChart } from "./fan-chart.js";
export { ChartElement } from "./frame.js";
