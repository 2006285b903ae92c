#!/usr/bin/env bash
# The same tests in Wasm without SIMD, under Node: the results must not depend on it.
. "$(dirname "$0")/../env.sh"
DEALCAST_SIMD=0 exec scripts/wcargo test --locked --lib --tests "$@"
