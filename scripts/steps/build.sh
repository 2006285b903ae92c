#!/usr/bin/env bash
# The core for the browser, the page's folder dist/ and the single file dealcast.html.
set -e
. "$(dirname "$0")/../env.sh"
scripts/wasm.sh
vite build --logLevel warn
exec vite build --mode single --logLevel warn
