#!/usr/bin/env bash
# No lint in the code that only the browser compiles.
. "$(dirname "$0")/../env.sh"
set -e
scripts/wcargo clippy --locked --lib --tests -- -D warnings
# The module of the first sight.
exec scripts/wcargo clippy --locked --lib --no-default-features -- -D warnings
