// @vitest-environment happy-dom
import { html, render } from "lit";
import { expect, it } from "vitest";
import { styled } from "./styled.js";

it("sets, changes and removes properties", () => {
  const host = document.createElement("div");
  const draw = (styles: Record<string, string>) => render(html`<i ${styled(styles)}></i>`, host);
  draw({ width: "3px", "--x": "1" });
  const { style } = host.querySelector("i") as HTMLElement;
  expect([style.getPropertyValue("width"), style.getPropertyValue("--x")]).toEqual(["3px", "1"]);
  draw({ width: "5px" });
  expect([style.getPropertyValue("width"), style.getPropertyValue("--x")]).toEqual(["5px", ""]);
});
