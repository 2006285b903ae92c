/**
 * Style properties of an element, as an element directive: `<div ${styled({ width: "3px" })}>`.
 *
 * Lit's own `styleMap` writes a `style` attribute when an element is first drawn, which the page's
 * content security policy refuses; properties set one by one are allowed.
 */
import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

type Styles = Readonly<Record<string, string>>;

class Styled extends Directive {
  #last: Styles = {};

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error("styled stands in the tag of an element");
  }

  override update(part: ElementPart, [styles]: [Styles]): typeof noChange {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(styles))
      if (this.#last[name] !== value) style.setProperty(name, value);
    for (const name of Object.keys(this.#last)) if (!(name in styles)) style.removeProperty(name);
    this.#last = styles;
    return noChange;
  }

  render(_styles: Styles): typeof noChange {
    return noChange;
  }
}

export const styled = directive(Styled);
