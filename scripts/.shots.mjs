import { chromium } from "@playwright/test";
const base = process.argv[2];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium" });
async function shot(name, { width=1400, height=1000, lang="en", dark=false, view="growth", act }) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? "dark" : "light" });
  page.on("pageerror", (e) => console.log(name, "ERR", e.message));
  page.on("console", (m) => m.type()==="error" && console.log(name, "console", m.text()));
  await page.goto(`${base}/?lang=${lang}#view=${view}`);
  await page.locator("html[data-ready=true]").waitFor({ state: "attached", timeout: 120000 });
  await act(page);
  await page.locator("#cancel").waitFor({ state: "detached", timeout: 120000 }).catch(() => {});
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: true });
  await page.close();
}
const which = process.argv.slice(3);
const S = {
  growthEn: { act: async (p) => { await p.locator("#start-defaults").click(); await p.locator("#link-arr_cohorts").check(); await p.locator("#link-open_pipeline").check(); } },
  growthFrPhoneDark: { width: 390, height: 844, lang: "fr", dark: true, act: async (p) => { await p.locator("#start-defaults").click(); await p.locator("#link-arr_cohorts").check(); } },
  pipelineLinked: { lang: "fr", act: async (p) => { await p.locator("#start-defaults").click(); await p.locator("#link-open_pipeline").check(); await p.locator("nav.views a").first().click(); } },
  partnersFr: { lang: "fr", view: "partners", act: async (p) => { await p.locator("#start-defaults").click(); await p.locator(".levers tbody tr").nth(4).waitFor({ timeout: 120000 }); } },
  caseFr: { lang: "fr", view: "growth", act: async (p) => { await p.locator("#examples summary").click(); await p.locator("#examples").getByRole("button", { name: "machine commerciale, après" }).click(); await p.locator("#case summary").click(); await p.locator("#case-levers").waitFor(); } },
};
for (const name of which.length ? which : Object.keys(S)) { try { await shot(name, S[name]); console.log("ok", name); } catch (e) { console.log(name, "FAILED", e.message.slice(0, 400)); } }
await browser.close();
