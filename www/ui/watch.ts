/**
 * Marks for measuring and testing the page from outside: how soon the first result and each picture
 * are there, and, once a full report is on screen, `data-ready` and the report's hash on <html>, or on an embedded element.
 */
import type { Report } from "../generated/dealcast.js";
import type { Store } from "../state/store.js";

export function watchReport(store: Store, root: HTMLElement = document.documentElement): void {
  let drawn: Report | undefined;
  store.subscribe(() => {
    const { report } = store;
    if (!report || report === drawn) return;
    const first = drawn === undefined;
    drawn = report;
    // After the next frame, the report is on the screen.
    requestAnimationFrame(() => setTimeout(() => onScreen(store, report, first, root)));
  });
}

function onScreen(store: Store, report: Report, first: boolean, root: HTMLElement): void {
  if (first) performance.measure("dealcast:first-result", { start: 0 });
  // A picture that an edit has overtaken is not that edit's.
  if (store.reportScenario === store.scenario && performance.getEntriesByName("dealcast:edit").length > 0) {
    performance.measure("dealcast:edit-to-picture", "dealcast:edit");
    performance.clearMarks("dealcast:edit");
  }
  if (store.report === report && store.quality === "full") void publish(store, report, root);
}

async function publish(store: Store, report: Report, root: HTMLElement): Promise<void> {
  const hash = await sha256(JSON.stringify(report));
  if (store.report !== report) return;
  root.dataset.reportHash = hash;
  root.dataset.ready = "true";
}

/** Hexadecimal SHA-256 of a text; empty where the page is not served securely and the browser has no digest. */
async function sha256(text: string): Promise<string> {
  if (!globalThis.crypto?.subtle) return "";
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
