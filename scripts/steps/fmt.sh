#!/usr/bin/env bash
# Rust is formatted.
. "$(dirname "$0")/../env.sh"
exec cargo fmt --all --check
