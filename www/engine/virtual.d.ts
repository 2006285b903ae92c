/** Modules that the build makes: scripts/single-file.mjs. */

declare module "virtual:worker-text" {
  /** The bundled worker as one classic script. */
  const text: string;
  export default text;
}

declare module "virtual:core-script" {
  /** Address of the JavaScript core; absent from a quick build. */
  const url: string | undefined;
  export default url;
}
