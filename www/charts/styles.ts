/** Style of every chart, in the tokens of the page (with values of its own where a page has none). */
import { css, unsafeCSS } from "lit";
import { roleRules } from "./roles.js";

export const chartStyles = css`
  :host {
    display: block;
    min-width: 0;
    color: var(--ink, #1a1e22);
    font-family: var(--font, system-ui, sans-serif);
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) {
    display: none;
  }
  figure {
    margin: 0;
  }
  h3 {
    margin: 0;
    font-size: var(--size-2, 1.0625rem);
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
  }
  .caption {
    margin: 0.25rem 0 0;
    max-width: 68ch;
    color: var(--ink-2, #474f57);
    font-size: var(--size-0, 0.8125rem);
    line-height: 1.45;
  }
  .plot {
    margin-top: 0.75rem;
  }
  svg {
    display: block;
    width: 100%;
    height: auto;
    overflow: visible;
    font-family: inherit;
  }
  svg text {
    pointer-events: none;
  }
  .readout {
    margin: 0.25rem 0 0;
    min-height: 1.3em;
    color: var(--ink-2, #474f57);
    font-size: var(--size-0, 0.8125rem);
  }
  [role="slider"] {
    outline: none;
  }
  .handle {
    cursor: ew-resize;
    touch-action: pan-y;
  }
  .hit {
    fill: transparent;
  }
  .ring {
    fill: none;
    stroke: none;
  }
  [role="slider"]:focus-visible .ring {
    stroke: var(--accent, #0d6b5d);
    stroke-width: 2;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1.25rem;
    align-items: start;
    margin-top: 0.25rem;
    font-size: var(--size-0, 0.8125rem);
  }
  button,
  summary {
    box-sizing: border-box;
    font: inherit;
    color: var(--ink-3, #656d75);
    background: none;
    border: 0;
    display: flex;
    align-items: center;
    line-height: 1.2;
    padding: 0.3125rem 0;
    min-height: 1.5rem;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  .tools > button::before,
  .tools > details > summary::before {
    content: "";
    display: inline-block;
    width: 0.375em;
    height: 0.375em;
    margin-right: 0.5em;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }
  .tools > .define::before {
    content: "ƒ";
    width: auto;
    height: auto;
    border: 0;
    transform: none;
    font-family: Georgia, "Times New Roman", serif;
    font-style: italic;
  }
  .tools > button[aria-expanded="true"]::before,
  .tools > details[open] > summary::before {
    transform: translateY(-0.15em) rotate(45deg);
  }
  button:hover,
  summary:hover {
    color: var(--ink, #1a1e22);
  }
  button:focus-visible,
  summary:focus-visible,
  .scroll:focus-visible,
  textarea:focus-visible {
    outline: var(--focus, 2px solid currentColor);
    outline-offset: 2px;
    border-radius: 2px;
  }
  details {
    position: relative;
  }
  .menu {
    position: absolute;
    z-index: 2;
    display: grid;
    grid-template-columns: auto auto;
    gap: 0 1.75rem;
    min-width: max-content;
    padding: 0.75rem 1rem;
    border-radius: var(--radius, 6px);
    background: var(--surface, #fff);
    box-shadow:
      0 0 0 1px var(--line, #e2e4e0),
      0 6px 24px rgb(0 0 0 / 12%);
  }
  .menu div {
    display: grid;
    align-content: start;
    justify-items: start;
  }
  .menu strong {
    font-weight: 600;
  }
  .menu button {
    color: var(--ink-2, #474f57);
  }
  .note {
    flex-basis: 100%;
    margin: 0.25rem 0 0;
    color: var(--ink-2, #474f57);
  }
  textarea {
    box-sizing: border-box;
    display: block;
    width: 100%;
    height: 8rem;
    margin-top: 0.25rem;
    font: 0.75rem/1.4 var(--font-mono, monospace);
    color: inherit;
    background: var(--sunken, #f2f3f0);
    border: 1px solid var(--line-strong, #858c91);
  }
  .note button {
    text-decoration: underline;
  }
  .note img {
    display: block;
    max-width: 100%;
    margin-top: 0.5rem;
  }
  .scroll {
    max-height: 22rem;
    margin-top: 0.5rem;
    overflow: auto;
  }
  table {
    border-collapse: collapse;
    font-size: var(--size-0, 0.8125rem);
  }
  th,
  td {
    padding: 0.25rem 1.25rem 0.25rem 0;
    text-align: left;
    vertical-align: top;
    border-bottom: 1px solid var(--line, #e2e4e0);
    font-weight: 400;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--surface, #fff);
    color: var(--ink-3, #656d75);
  }
  .numeric {
    text-align: right;
    white-space: nowrap;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media print {
    /* Paper is white, whatever the theme. */
    :host {
      color-scheme: light;
    }
    :host,
    figure {
      break-inside: avoid;
    }
    .tools,
    .readout {
      display: none;
    }
    .plot {
      max-width: 17cm;
    }
    .scroll {
      max-height: none;
      overflow: visible;
    }
  }
  @media (forced-colors: active) {
    svg {
      forced-color-adjust: none;
      background: var(--surface, #fff);
    }
  }
  ${unsafeCSS(roleRules())}
`;
