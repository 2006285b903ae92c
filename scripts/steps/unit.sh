#!/usr/bin/env bash
# Unit tests of the page, under Node.
. "$(dirname "$0")/../env.sh"
exec vitest run "$@"
