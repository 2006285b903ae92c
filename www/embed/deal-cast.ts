/**
 * The script of a page that embeds dealcast: `<script type="module" src="…/deal-cast.js"></script>`. Loaded twice, even
 * from two places, it defines its elements once.
 */
const KEY = Symbol.for("deal-cast");
const shared = globalThis as { [KEY]?: Promise<unknown> };

shared[KEY] ??= import("./element.js").then(({ DealCast }) => {
  if (!customElements.get("deal-cast")) customElements.define("deal-cast", DealCast);
});
await shared[KEY];

export {};
