/**
 * A scenario in the fragment of an address, which browsers never send to a server:
 * `#s=1.<length>.<text>`, with the version of this format, the number of characters that follow (base 36), and
 * base64url of a CRC-32 (four bytes, of the JSON text) and the JSON text after `deflate-raw`.
 */

const VERSION = 1;
/** Above this length, links break in mail programs, chats and old proxies: the page offers the file instead. */
export const LONG_LINK = 2_000;
/** What is read at most: characters of a link, and bytes that they may become. */
const MOST_CHARACTERS = 400_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Why a link cannot be opened; the page has a sentence for each. */
export type LinkProblem =
  | { readonly code: "malformed"; readonly params: Record<string, never> }
  | { readonly code: "future"; readonly params: { readonly found: string; readonly supported: string } }
  | { readonly code: "truncated"; readonly params: { readonly found: number; readonly expected: number } }
  | { readonly code: "altered"; readonly params: Record<string, never> }
  | { readonly code: "too_large"; readonly params: { readonly maximum: number } };

export type LinkText = { readonly text: string } | { readonly problem: LinkProblem };

/** The value of the parameter `s` for a JSON text. */
export async function packed(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const squeezed = await collected(
    through(bytes, new CompressionStream("deflate-raw")),
    Number.POSITIVE_INFINITY,
  );
  if (!squeezed) throw new Error("no end of what was packed");
  const whole = new Uint8Array(4 + squeezed.length);
  new DataView(whole.buffer).setUint32(0, crc32(bytes));
  whole.set(squeezed, 4);
  const characters = toBase64Url(whole);
  return `${VERSION}.${characters.length.toString(36)}.${characters}`;
}

/** The JSON text of such a value, or what is wrong with it. Never throws, and never unpacks more than its bound. */
export async function unpacked(value: string): Promise<LinkText> {
  if (value.length > MOST_CHARACTERS) return wrong("too_large", { maximum: MOST_CHARACTERS });
  const [, version = "", length = "", characters = ""] =
    /^(\d{1,6})\.([0-9a-z]{1,6})\.(.*)$/s.exec(value) ?? [];
  if (version && Number(version) > VERSION)
    return wrong("future", { found: version, supported: String(VERSION) });
  // A version without its length: cut off in the first characters.
  if (Number(version) !== VERSION) return wrong("malformed", {});
  const expected = Number.parseInt(length, 36);
  if (characters.length < expected) return wrong("truncated", { found: characters.length, expected });
  if (characters.length > expected || !/^[A-Za-z0-9_-]*$/.test(characters)) return wrong("altered", {});
  try {
    const whole = fromBase64Url(characters);
    if (whole.length < 4) return wrong("altered", {});
    const bytes = await collected(
      through(whole.subarray(4), new DecompressionStream("deflate-raw")),
      MOST_BYTES,
    );
    if (!bytes) return wrong("too_large", { maximum: MOST_BYTES });
    if (crc32(bytes) !== new DataView(whole.buffer).getUint32(0)) return wrong("altered", {});
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return wrong("altered", {});
  }
}

function wrong<Code extends LinkProblem["code"]>(
  code: Code,
  params: Extract<LinkProblem, { code: Code }>["params"],
): { problem: LinkProblem } {
  return { problem: { code, params } as LinkProblem };
}

function through(bytes: Uint8Array<ArrayBuffer>, transform: CompressionStream | DecompressionStream) {
  return new Blob([bytes]).stream().pipeThrough(transform);
}

/** All bytes of a stream; nothing when there are more than `most`. */
async function collected(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(characters: string): Uint8Array<ArrayBuffer> {
  const binary = atob(characters.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** CRC-32 as in gzip (polynomial 0x04C11DB7, reflected): RFC 1952, section 8. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return (crc ^ 0xffffffff) >>> 0;
}
