/** The tree that a part of the page stands in: the document, or the shadow root of an embedded element. */
export function rootOf(part: Node): Document | ShadowRoot {
  const root = part.getRootNode();
  return root instanceof ShadowRoot ? root : (part.ownerDocument ?? document);
}

/** The element that has the focus in the tree of a part. */
export function activeIn(part: Node): Element | null {
  return rootOf(part).activeElement;
}
