#!/usr/bin/env bash
# The same core as JavaScript, for hosts that refuse WebAssembly: www/generated/dealcast-core.js.
# Built without SIMD, which JavaScript has not; a test compares its report with Wasm's, byte for byte.
# Like scripts/wasm.sh, it does again only what changed. Run after it: it writes into the same folder.
#   scripts/js-core.sh [--apart]     --apart leaves it in target/js-core, which can be done meanwhile
set -euo pipefail
. "$(dirname "$0")/env.sh"

new=target/js-core
stamp=$new/dealcast-core.sha256
# One level below Wasm's: 5 % smaller, and but for the pipeline (a tenth slower) as fast.
CARGO_PROFILE_RELEASE_OPT_LEVEL=2 DEALCAST_SIMD=0 scripts/wcargo build --release --lib
built=${CARGO_TARGET_DIR:-target}/scalar/$WASM_TARGET/release/dealcast.wasm
inputs=$(cat "$built" scripts/js-core.sh scripts/js-core.mjs scripts/glue.mjs node_modules/binaryen/package.json Cargo.lock | node -e '
  const h = require("crypto").createHash("sha256"); process.stdin.pipe(h).on("finish", () => console.log(h.digest("hex")))')

if [ "$(cat "$stamp" 2>/dev/null)" != "$inputs" ]; then
  rm -rf "$new"
  mkdir -p "$new"
  node scripts/js-core.mjs disallow "$built" "$new/plain.wasm"
  wasm-bindgen --target web --out-name dealcast --out-dir "$new" "$new/plain.wasm"
  # What JavaScript lacks is written out; smaller rather than faster: it is the download that hurts most.
  wasm-opt -Oz --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals \
    --llvm-nontrapping-fptoint-lowering --signext-lowering --llvm-memory-copy-fill-lowering \
    "$new/dealcast_bg.wasm" -o "$new/lowered.wasm"
  wasm2js -Oz "$new/lowered.wasm" -o "$new/asm.mjs"
  node scripts/js-core.mjs join "$new/dealcast.js" "$new/asm.mjs" "$new/dealcast-core.js"
  rm "$new/plain.wasm" "$new/lowered.wasm" "$new/asm.mjs"
  echo "$inputs" >"$stamp"
fi
[ "${1:-}" != --apart ] || exit 0
cp "$new/dealcast-core.js" www/generated/
say "www/generated/dealcast-core.js: $(wc -c <"$new/dealcast-core.js" | tr -d ' ') bytes"
