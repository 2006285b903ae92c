#!/usr/bin/env bash
# Builds the core for the browser into www/generated (wiped first): module, glue and types.
#   scripts/wasm.sh [--quick]     --quick leaves out wasm-opt, for work on the page: the same results, larger and slower
# Cargo decides whether to compile; the later stages run only when the compiled module or a tool has changed.
set -euo pipefail
. "$(dirname "$0")/env.sh"

out=www/generated
# Where it is made: an interrupted build leaves nothing half done in the page.
new=target/generated.new
stamp=target/generated.sha256

scripts/wcargo build --release --lib
built=${CARGO_TARGET_DIR:-target}/$WASM_TARGET/release/dealcast.wasm
inputs=${1:-}$(cat "$built" scripts/wasm.sh scripts/glue.mjs node_modules/binaryen/package.json Cargo.lock | node -e '
  const h = require("crypto").createHash("sha256"); process.stdin.pipe(h).on("finish", () => console.log(h.digest("hex")))')
outputs=("$out/dealcast.js" "$out/dealcast.d.ts" "$out/dealcast_bg.wasm" "$out/dealcast_bg.wasm.d.ts" "$out/core.js" "$out/core.d.ts")
if [ "$(cat "$stamp" 2>/dev/null)" = "$inputs" ] && ls "${outputs[@]}" >/dev/null 2>&1; then
  say "www/generated is up to date"
  exit
fi

rm -rf "$out" "$new" "$stamp"
mkdir -p target
wasm-bindgen --target web --out-dir "$new" "$built"
# No fast-math and no relaxed SIMD: optimised or not, the results are the same to the bit.
[ "${1:-}" = --quick ] || wasm-opt -O3 --enable-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
  --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue \
  "$new/dealcast_bg.wasm" -o "$new/dealcast_bg.wasm"
node scripts/glue.mjs "$new"
mv "$new" "$out"
echo "$inputs" >"$stamp"
say "www/generated: $(wc -c <"$out/dealcast_bg.wasm" | tr -d ' ') bytes of Wasm"
