/** The page's shortcuts. Inside a text field, the browser keeps its own undo. */
export interface Shortcuts {
  undo(): void;
  redo(): void;
  open(): void;
  save(): void;
  help(): void;
  cancel(): void;
}

/** Which shortcut a key press is, if any. */
export function shortcutOf(event: KeyboardEvent): keyof Shortcuts | undefined {
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const typing = isTextField(event.target);
  if (command && !event.altKey) {
    if (key === "z" && !typing) return event.shiftKey ? "redo" : "undo";
    if (key === "y" && !typing) return "redo";
    if (key === "o") return "open";
    if (key === "s") return "save";
    return undefined;
  }
  if (event.altKey) return undefined;
  if (key === "?" && !typing) return "help";
  if (key === "escape" && !document.querySelector("dialog[open]")) return "cancel";
  return undefined;
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && ["text", "search", "number"].includes(target.type);
}

/** Listens on the document, or on one part of it; returns how to stop. */
export function onShortcut(shortcuts: Shortcuts, where: Document | HTMLElement = document): () => void {
  const listener = (event: KeyboardEvent) => {
    const name = event.defaultPrevented ? undefined : shortcutOf(event);
    if (!name) return;
    // Escape also closes menus and leaves fields: only the others are taken from the browser.
    if (name !== "cancel") event.preventDefault();
    shortcuts[name]();
  };
  // Both have the event, which their common type does not say.
  const target: HTMLElement | Document = where;
  target.addEventListener("keydown", listener as EventListener);
  return () => target.removeEventListener("keydown", listener as EventListener);
}
