# Sourced by the other scripts: moves to the root of the clone and says where the tools are.
# Tools that take minutes to make are kept outside the clone, by version, so that a second clone is quick.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit 1
CACHE=${DEALCAST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/dealcast}
WASM_TARGET=wasm32-unknown-unknown

# rustup's cargo first, even when the shell's profile does not name it.
CARGO_BIN=${CARGO_HOME:-$HOME/.cargo}/bin
if [ -x "$CARGO_BIN/cargo" ]; then
  case ":$PATH:" in *":$CARGO_BIN:"*) ;; *) PATH=$CARGO_BIN:$PATH ;; esac
fi

# Version of a crate in Cargo.lock.
locked() { sed -n "/^name = \"$1\"\$/{n;s/^version = \"\(.*\)\"/\1/p;}" Cargo.lock | head -n 1; }

BINDGEN_VERSION=$(locked wasm-bindgen)
BINDGEN_DIR=$CACHE/wasm-bindgen-$BINDGEN_VERSION
PATH=$BINDGEN_DIR/bin:$ROOT/node_modules/.bin:$PATH
export PATH

# Does this rustc (a command with its arguments) have the standard library for Wasm?
has_wasm_std() {
  local dir
  dir=$("$@" --print target-libdir --target "$WASM_TARGET" 2>/dev/null) || return 1
  compgen -G "$dir/libstd[-.]*rlib" >/dev/null
}

# Where the toolchain made from the distribution's packages is kept (nothing when they are absent).
fallback_toolchain() {
  [ -x /usr/bin/rustc ] || return 1
  /usr/bin/rustc -vV | awk -v cache="$CACHE" \
    '/^release:/ { r = $2 } /^LLVM version:/ { split($3, v, ".") } END { print cache "/rust-wasm-" r "-llvm" v[1] }'
}

say() { printf '%s\n' "$*"; }
# Ends the script: what is wrong, then what to do.
die() {
  printf '\nerror: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '   do: %s\n' "$2" >&2
  exit 1
}
