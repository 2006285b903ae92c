#!/usr/bin/env bash
# `cargo install --path .` puts the command line where it is told, and what was installed runs a case. In the profile of the
# tests, whose compiled crates it finds in target/: that it installs is the question, not how fast it then runs.
set -e
. "$(dirname "$0")/../env.sh"
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cargo install --locked --quiet --profile dev --path . --root "$root"
cd "$root"
for file in example-quarter.json partner-programme-selective.json; do
  ./bin/dealcast run "$ROOT/cases/$file" >report.json
  node -e '
    const { readFileSync } = require("fs");
    const report = JSON.parse(readFileSync("report.json", "utf8"));
    const scenario = JSON.parse(readFileSync(process.argv[1], "utf8"));
    const sections = Object.keys(scenario).filter((key) => typeof scenario[key] === "object" && key !== "plans");
    const missing = sections.filter((section) => !report[section]);
    if (sections.length === 0 || missing.length > 0 || report.seed !== scenario.seed)
      throw new Error(`the report of ${process.argv[1]} lacks ${missing.join(", ") || "its seed"}`);
  ' "$ROOT/cases/$file"
done
if ./bin/dealcast check - <<<'{"schema": "dealcast/1"}' 2>errors.json; then die "a scenario without any section passed"; fi
grep -q no_section errors.json || die "the error is not named: $(cat errors.json)"
say "cargo install: bin/dealcast runs cases from an empty folder"
