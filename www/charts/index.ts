/** All chart elements; importing this defines them. */
export { CashFan } from "./cash-fan.js";
export { CategoryRange } from "./category-range.js";
export { CorrelationEffect } from "./correlation-effect.js";
export { DealSwings } from "./deal-swings.js";
export { DistributionChart } from "./distribution-chart.js";
export { FanChart } from "./fan-chart.js";
export { ChartElement } from "./frame.js";
export { FunnelChart } from "./funnel-chart.js";
export { LineChart } from "./line-chart.js";
export { SharesChart } from "./shares-chart.js";
export { StackedBars } from "./stacked-bars.js";
export { TitledFan } from "./titled-fan.js";
export { TornadoChart } from "./tornado-chart.js";
