// The content security policies of the page.

/** The folder: nothing but its own files, its own worker and its own Wasm. */
export const CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * The single file: exactly its own scripts and styles, by their SHA-256, its worker from a blob, and no address at all.
 * @param {{ scripts: string[], styles: string[] }} hashes in base64
 */
export const singleFilePolicy = ({ scripts, styles }) => {
  const named = (/** @type {string[]} */ hashes) => hashes.map((hash) => `'sha256-${hash}'`).join(" ");
  return [
    "default-src 'none'",
    `script-src ${named(scripts)} 'wasm-unsafe-eval'`,
    `style-src ${named(styles)}`,
    "img-src data: blob:",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
};
