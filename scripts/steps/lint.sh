#!/usr/bin/env bash
# TypeScript, JSON and CSS: lint, format, order of imports.
. "$(dirname "$0")/../env.sh"
exec biome ci --error-on-warnings
