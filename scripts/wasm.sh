#!/usr/bin/env bash
# Builds the core for the browser into www/generated (wiped first): module, glue and types; and beside the whole one a
# smaller module with the open pipeline alone, which the page shows first.
#   scripts/wasm.sh [--quick]     --quick leaves out wasm-opt, for work on the page: the same results, larger and slower
# Cargo decides whether to compile; the later stages run only when the compiled module or a tool has changed.
set -euo pipefail
. "$(dirname "$0")/env.sh"

out=www/generated
# Where it is made: an interrupted build leaves nothing half done in the page.
new=target/generated.new
stamp=target/generated.sha256

built=${CARGO_TARGET_DIR:-target}/$WASM_TARGET/release/dealcast.wasm
mkdir -p target
# Side by side, in folders of their own: the last stage of a compilation keeps one core busy for minutes.
pipeline_target=${CARGO_TARGET_DIR:-target}/pipeline
pipeline=$pipeline_target/$WASM_TARGET/release/dealcast.wasm
CARGO_TARGET_DIR=$pipeline_target scripts/wcargo build --release --lib --no-default-features &
trap 'kill $! 2>/dev/null || true' EXIT
scripts/wcargo build --release --lib
wait $!
trap - EXIT
inputs=${1:-}$(cat "$built" "$pipeline" scripts/wasm.sh scripts/glue.mjs node_modules/binaryen/package.json Cargo.lock | node -e '
  const h = require("crypto").createHash("sha256"); process.stdin.pipe(h).on("finish", () => console.log(h.digest("hex")))')
outputs=()
for name in dealcast pipeline; do outputs+=("$out/$name.js" "$out/$name.d.ts" "$out/${name}_bg.wasm" "$out/${name}_bg.wasm.d.ts"); done
for name in core pipeline-core; do outputs+=("$out/$name.js" "$out/$name.d.ts"); done
if [ "$(cat "$stamp" 2>/dev/null)" = "$inputs" ] && ls "${outputs[@]}" >/dev/null 2>&1; then
  say "www/generated is up to date"
  exit
fi

rm -rf "$out" "$new" "$stamp"
wasm-bindgen --target web --out-dir "$new" "$built"
wasm-bindgen --target web --out-name pipeline --out-dir "$new" "$pipeline"
# optimise MODULE [OPTION...]. No fast-math and no relaxed SIMD: optimised or not, the results are the same to the bit.
# The first kilobyte of memory is the end of the stack, which nothing may reach, so that constants can be part of addresses.
optimise() {
  wasm-opt -O3 --low-memory-unused --enable-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue \
    --strip-producers --strip-target-features "${@:2}" "$1" -o "$1"
}
# Large functions that have one caller stay on their own in the whole engine: 1 % smaller, and recurring revenue 3 to 5 %
# faster, for browsers assign the registers of a smaller function better. The pipeline alone would be 2 to 3 % slower.
apart=--one-caller-inline-max-function-size=60
if [ "${1:-}" != --quick ]; then
  optimise "$new/pipeline_bg.wasm" &
  trap 'kill $! 2>/dev/null || true' EXIT
  optimise "$new/dealcast_bg.wasm" "$apart"
  wait $!
  trap - EXIT
fi
node scripts/glue.mjs "$new"
node scripts/glue.mjs "$new" pipeline pipeline-core
mv "$new" "$out"
echo "$inputs" >"$stamp"
say "www/generated: $(wc -c <"$out/dealcast_bg.wasm" | tr -d ' ') bytes of Wasm, $(wc -c <"$out/pipeline_bg.wasm" | tr -d ' ') of the pipeline's"
