#!/usr/bin/env bash
# No lint in Rust code, tests included, and Cargo.lock is current.
. "$(dirname "$0")/../env.sh"
exec cargo clippy --locked --all-targets -- -D warnings
