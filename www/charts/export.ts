/** Copy and save, where the browser allows; what it refuses comes back as `false`, never as an exception. */
export { downloadsDoubtful } from "./sandbox.js";

import { type Colour, type Colours, LIGHT, PALETTE } from "./roles.js";

/** Pixels of an image per CSS pixel of its drawing. */
const SCALE = 2;

/** Puts text on the clipboard. False: the browser refuses (no permission, a sandbox, no secure context). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Puts an image on the clipboard. False: refused. */
export async function copyImage(image: Promise<Blob>): Promise<boolean> {
  try {
    // The promise itself goes in: Safari loses the permission of the click while it is awaited.
    await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
    return true;
  } catch {
    return false;
  }
}

/** Offers a file to save. A sandbox without downloads drops it silently, which is why copies exist beside. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the file once it began.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A drawing as a PNG image. Rejects where the browser cannot draw it. */
export async function pngImage(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no image"))), "image/png");
  });
}

/** A file name from a title: ASCII, no spaces. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `dealcast-${plain.slice(0, 40).replace(/-$/, "")}.${extension}`;
}

/**
 * The colours that a picture has on the host's page in its light theme, written out; those of
 * dealcast where the page's are not readable on white.
 */
export function lightColours(host: HTMLElement): Colours {
  const probe = document.createElement("span");
  probe.style.colorScheme = "light";
  probe.style.display = "none";
  (host.shadowRoot ?? host).append(probe);
  const found = Object.fromEntries(
    Object.entries(PALETTE).map(([colour, [token, light]]) => {
      probe.style.color = `var(${token}, ${light})`;
      return [colour, getComputedStyle(probe).color];
    }),
  ) as Record<Colour, string>;
  probe.remove();
  const readable = luminance(found.ink) < 0.18 && luminance(found.axis) < 0.4;
  // Files stand on white, whatever the page stands on.
  return readable ? { ...found, paper: LIGHT.paper } : LIGHT;
}

/** Relative luminance of a colour as browsers compute it, `rgb(…)`; 1 where it is written otherwise. */
function luminance(colour: string): number {
  const channels = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)/.exec(colour);
  if (!channels) return 1;
  const [red = 0, green = 0, blue = 0] = channels.slice(1).map((text) => {
    const value = Number(text) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
