#!/usr/bin/env bash
# The same tests in Wasm with SIMD, under Node.
. "$(dirname "$0")/../env.sh"
exec scripts/wcargo test --locked --lib --tests "$@"
