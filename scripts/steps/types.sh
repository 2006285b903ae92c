#!/usr/bin/env bash
# Types of the page, the tests and the scripts.
. "$(dirname "$0")/../env.sh"
exec tsc --noEmit
