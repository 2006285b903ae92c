#!/usr/bin/env bash
# The tests, natively.
. "$(dirname "$0")/../env.sh"
exec cargo test --locked "$@"
