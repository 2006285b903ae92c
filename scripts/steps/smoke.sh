#!/usr/bin/env bash
# The built page loads and computes the same report in Chromium, Firefox and WebKit.
. "$(dirname "$0")/../env.sh"
exec playwright test --project=smoke "$@"
