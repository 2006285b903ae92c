/** Where a file comes from: dropped on the page, pasted, or picked. */

export interface Source {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the page does with files and pasted texts that may hold deals. */
export interface Receiver {
  receive(source: Source): void;
}

/** Listens on the page, or on an element of another one, until aborted: drops of anything but scenarios, and pasted tables. */
export function listen(place: Document | HTMLElement, receiver: Receiver, signal: AbortSignal): void {
  // Of both kinds of place, TypeScript finds no listener in common.
  const root = place as Document;
  root.addEventListener(
    "dragover",
    (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    },
    { signal },
  );
  root.addEventListener(
    "drop",
    (event) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(isTable);
      if (!file || event.defaultPrevented) return;
      event.preventDefault();
      void fromFile(file).then((source) => receiver.receive(source));
    },
    { signal },
  );
  root.addEventListener(
    "paste",
    (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (event.defaultPrevented || isEditable(event.composedPath()[0]) || !looksLikeTable(text)) return;
      event.preventDefault();
      receiver.receive(fromText(text, ""));
    },
    { signal },
  );
}

/** Scenario files are the page's own business. */
export function isTable(file: Pick<File, "name">): boolean {
  return !/\.json$/i.test(file.name);
}

/** At least two lines, each with a separator: a table and not a sentence. */
export function looksLikeTable(text: string): boolean {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  return lines.length >= 2 && lines.slice(0, 2).every((line) => /[\t;,|]/.test(line));
}

function isEditable(target: EventTarget | undefined): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

export async function fromFile(file: File): Promise<Source> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

export function fromText(text: string, name: string): Source {
  return { name, bytes: new TextEncoder().encode(text) };
}
