import { expect, test } from "./fixtures.ts";

test("the page asks nothing of anyone but its own host, and its policy refuses nothing it does", async ({
  page,
  site,
}) => {
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(site) && !request.url().startsWith("data:")) foreign.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));

  await page.goto("/");
  await expect(page.locator("html[data-ready=true]")).toBeAttached();
  await page.waitForLoadState("networkidle");

  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
});

test("the policy is in force: a script from elsewhere is refused", async ({ page }) => {
  await page.goto("/");
  const refused = await page.evaluate(
    () =>
      new Promise<string>((done) => {
        document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
        const script = document.createElement("script");
        script.src = "https://example.com/tracker.js";
        document.head.append(script);
      }),
  );
  expect(refused).toBe("script-src-elem");
});
