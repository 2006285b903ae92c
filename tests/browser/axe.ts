import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/**
 * axe on the page, run in it and asked for violations alone: the usual way lists all that passes as well, thousands of
 * nodes, and has a second page add it up, which takes four times as long. The rules and what they find are the same.
 */
export const axe = (page: Page) =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
