#!/usr/bin/env bash
# The core for the browser, and the page.
set -e
. "$(dirname "$0")/../env.sh"
scripts/wasm.sh
exec vite build --logLevel warn
