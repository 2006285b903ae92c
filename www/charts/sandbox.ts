/** Whether the page may be in a sandbox, whose downloads the browser drops without a word unless its host allows them. */
export function downloadsDoubtful(): boolean {
  return window.parent !== window && self.origin === "null";
}
