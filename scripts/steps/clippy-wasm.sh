#!/usr/bin/env bash
# No lint in the code that only the browser compiles.
. "$(dirname "$0")/../env.sh"
exec scripts/wcargo clippy --locked --lib --tests -- -D warnings
