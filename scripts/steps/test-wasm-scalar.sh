#!/usr/bin/env bash
# The recorded bytes in Wasm without SIMD, under Node: the results must not depend on it.
. "$(dirname "$0")/../env.sh"
DEALCAST_SIMD=0 exec scripts/wcargo test --locked --test determinism --test partners "$@"
