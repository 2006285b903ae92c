#!/usr/bin/env bash
# The core for the browser, the page's folder dist/ and the single files.
set -e
. "$(dirname "$0")/../env.sh"
scripts/js-core.sh --apart &
trap 'kill $! 2>/dev/null || true' EXIT
scripts/wasm.sh
wait $!
trap - EXIT
scripts/js-core.sh
vite build --logLevel warn
vite build --mode single --logLevel warn
exec vite build --mode compat --logLevel warn
