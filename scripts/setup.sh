#!/usr/bin/env bash
# Installs what is missing, and nothing else; a second run takes well under a second.
#   scripts/setup.sh [rust] [rust-checks] [wasm] [wasm-clippy] [bindgen] [chromium] [firefox] [webkit]     (all by default)
# Never calls rustup's network when the machine's owner forbids it (RUSTUP_AUTO_INSTALL=0).
set -euo pipefail
. "$(dirname "$0")/env.sh"

SUDO=
[ "$(id -u)" = 0 ] || SUDO=sudo
mkdir -p "$CACHE"

is_debian() { command -v apt-get >/dev/null && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; }
rustup_may_install() { command -v rustup >/dev/null && [ "${RUSTUP_AUTO_INSTALL:-1}" != 0 ]; }

# Two clones set up at the same time wait for each other.
lock() {
  local dir=$CACHE/$1.lock
  until mkdir "$dir" 2>/dev/null; do
    if [ -s "$dir/pid" ] && ! kill -0 "$(cat "$dir/pid")" 2>/dev/null; then rm -rf "$dir"; else sleep 1; fi
  done
  echo $$ >"$dir/pid"
  # shellcheck disable=SC2064
  trap "rm -rf '$dir'" EXIT
}
unlock() {
  rm -rf "$CACHE/$1.lock"
  trap - EXIT
}

apt_updated=
apt_need() {
  local missing=() p
  for p in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ -z "$SUDO" ] || command -v sudo >/dev/null ||
    die "packages are missing: ${missing[*]}" "as root: apt-get install --no-install-recommends ${missing[*]}"
  say "installing ${missing[*]}"
  if [ -z "$apt_updated" ]; then
    $SUDO apt-get update -qq || say "warning: apt-get update failed, the package lists may be old"
    apt_updated=1
  fi
  $SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null ||
    die "apt-get could not install ${missing[*]}" "apt-get update && apt-get install ${missing[*]}"
}

setup_rust() {
  command -v cargo >/dev/null || die "no cargo found" "install Rust from https://rustup.rs, then run this again"
  cargo --version >/dev/null 2>&1 || die "cargo does not run" "cargo --version shows why; rustup default stable may help"
}

setup_rust_checks() {
  setup_rust
  local c
  for c in fmt clippy; do
    cargo "$c" --version >/dev/null 2>&1 && continue
    case $c in fmt) c=rustfmt ;; esac
    rustup_may_install || die "the Rust component $c is missing" "rustup component add $c"
    rustup component add "$c" || die "rustup could not add $c" "rustup component add $c"
  done
}

# The standard library for Wasm, from rustup, or built once from the distribution's source of the same version.
setup_wasm() {
  setup_rust
  has_wasm_std rustc && return
  if rustup_may_install; then
    say "rustup target add $WASM_TARGET"
    rustup target add "$WASM_TARGET" && return
    say "rustup could not: trying the distribution's packages"
  fi
  is_debian || die "no standard library for $WASM_TARGET" "rustup target add $WASM_TARGET"
  apt_need rustc-web cargo-web rust-web-src
  local release llvm tc
  release=$(/usr/bin/rustc -vV | sed -n 's/^release: //p')
  llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  apt_need "lld-$llvm"
  tc=$(fallback_toolchain)
  lock rust-wasm
  has_wasm_std "$tc/bin/rustc" || build_fallback "$tc" "$release" "$llvm"
  unlock rust-wasm
}

build_fallback() {
  local tc=$1 release=$2 llvm=$3 host work
  local src=/usr/src/rustc-$release
  [ -d "$src/library" ] || die "rust-web-src does not match rustc $release" "apt-get install --reinstall rustc-web rust-web-src"
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  say "building the standard library of Rust $release for $WASM_TARGET (once, one or two minutes)"
  work=$(mktemp -d)
  (
    cd "$work"
    env -u RUSTUP_TOOLCHAIN -u CARGO_BUILD_TARGET -u CARGO_ENCODED_RUSTFLAGS PATH=/usr/bin:/bin \
      RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" CARGO_PROFILE_DIST_DEBUG=0 \
      RUSTFLAGS="-Zforce-unstable-if-unmarked --remap-path-prefix=$src=/rustc/$release" \
      /usr/bin/cargo build --quiet --locked --manifest-path "$src/library/Cargo.toml" \
      -p sysroot --features panic-unwind,backtrace --profile dist --target "$WASM_TARGET"
  ) || die "the standard library for Wasm did not build" "rustup target add $WASM_TARGET, where that is allowed"
  rm -rf "$tc.new"
  mkdir -p "$tc.new/bin" "$tc.new/lib/rustlib/$WASM_TARGET/lib" "$tc.new/lib/rustlib/$host/bin"
  cp "$work/target/$WASM_TARGET"/dist/deps/*.rlib "$tc.new/lib/rustlib/$WASM_TARGET/lib/"
  rm -rf "$work"
  ln -s "/usr/lib/rustlib/$host/lib" "$tc.new/lib/rustlib/$host/lib"
  ln -s "/usr/bin/lld-$llvm" "$tc.new/lib/rustlib/$host/bin/rust-lld"
  ln -s /usr/bin/cargo "$tc.new/bin/cargo"
  local b
  for b in rustc rustdoc; do
    printf '#!/bin/sh\nexec /usr/bin/%s --sysroot "%s" "$@"\n' "$b" "$tc" >"$tc.new/bin/$b"
    chmod +x "$tc.new/bin/$b"
  done
  rm -rf "$tc"
  mv "$tc.new" "$tc"
  has_wasm_std "$tc/bin/rustc" || die "the toolchain in $tc does not work" "rm -rf '$tc' and run this again"
}

# Clippy for the Wasm target must be of the same release as that target's standard library.
setup_wasm_clippy() {
  setup_wasm
  if has_wasm_std rustc; then setup_rust_checks; else apt_need rust-web-clippy; fi
}

# wasm-bindgen's command and test runner, of exactly the version in Cargo.lock: any other refuses to work.
setup_bindgen() {
  setup_rust
  bindgen_ready && return
  lock wasm-bindgen
  if ! bindgen_ready; then
    say "installing wasm-bindgen $BINDGEN_VERSION (once, two to six minutes)"
    # Without --locked: the lock file published with the command names a version that was withdrawn.
    # An unoptimised build takes a quarter of the time and is fast enough for this module.
    CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --debug wasm-bindgen-cli --version "=$BINDGEN_VERSION" \
      --root "$BINDGEN_DIR" --target-dir "$BINDGEN_DIR/build" </dev/null ||
      die "wasm-bindgen-cli did not install" "cargo install wasm-bindgen-cli --version $BINDGEN_VERSION --root '$BINDGEN_DIR'"
    rm -rf "$BINDGEN_DIR/build"
  fi
  unlock wasm-bindgen
}
bindgen_ready() {
  [ "$("$BINDGEN_DIR/bin/wasm-bindgen" --version 2>/dev/null)" = "wasm-bindgen $BINDGEN_VERSION" ] &&
    [ -x "$BINDGEN_DIR/bin/wasm-bindgen-test-runner" ]
}

# Browsers: Debian's packages there; elsewhere the builds that Playwright brings for the system.
playwright_browser() {
  node scripts/browser-path.mjs "$1" >/dev/null && return
  say "installing Playwright's $1"
  playwright install "$1" </dev/null || die "no $1 to test with" "npx playwright install --with-deps $1"
}
setup_chromium() {
  node scripts/browser-path.mjs chromium >/dev/null && return
  if is_debian; then apt_need chromium; else playwright_browser chromium; fi
}
setup_firefox() { if is_debian; then apt_need firefox-esr; else playwright_browser firefox; fi; }
setup_webkit() { if is_debian; then apt_need webkit2gtk-driver xvfb xauth; else playwright_browser webkit; fi; }

[ $# -gt 0 ] || set -- rust-checks wasm-clippy bindgen chromium firefox webkit
for what in "$@"; do
  case $what in
    rust | rust-checks | wasm | wasm-clippy | bindgen | chromium | firefox | webkit) "setup_${what//-/_}" ;;
    *) die "no such thing to set up: $what" ;;
  esac
done
