#!/usr/bin/env bash
# What a reader downloads, against the ceilings in scripts/size.mjs.
. "$(dirname "$0")/../env.sh"
exec node scripts/size.mjs
