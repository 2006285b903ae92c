#!/usr/bin/env bash
# The recorded bytes in Wasm without SIMD, under Node: the results must not depend on it.
set -e
. "$(dirname "$0")/../env.sh"
export DEALCAST_SIMD=0
for file in determinism partners; do scripts/wcargo test --locked --test all "$file::" "$@"; done
