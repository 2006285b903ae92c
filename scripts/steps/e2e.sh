#!/usr/bin/env bash
# What a person does with the page, in Chromium.
. "$(dirname "$0")/../env.sh"
exec playwright test --project=e2e "$@"
