# shellcheck shell=bash disable=SC2034
# Sourced by app/run, tests/run and tests/benchmarks/run: installs what is missing, configures and builds.
# Everything is said on stderr, so that standard output stays the program's own.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What the two programs are built with, and what they need on the machine they run on.
packages_build=(g++ cmake ninja-build ccache
  qt6-base-dev qt6-svg-dev
  libtorch-dev zlib1g-dev libcli11-dev)
# A LibTorch on the reference BLAS is two to five times slower; Qt Network loads TLS and its certificates at run time.
packages_run=(libopenblas0-pthread ca-certificates openssl)
# The format check, and what tests compare with: PyTorch opens model files, scikit-learn has figures of its own.
packages_check=(clang-format python3-torch python3-sklearn)

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# missing_of PACKAGE...: sets `missing` to those that are not installed.
missing_of() {
  local installed package
  # dpkg-query fails where it does not know one of them; what it printed of the others counts all the same.
  installed=" $(dpkg-query -W -f='${db:Status-Status}=${Package} ' "$@" 2>/dev/null || true) "
  missing=()
  for package in "$@"; do
    [[ $installed == *" installed=$package "* ]] || missing+=("$package")
  done
}

# install_missing PACKAGE...: names the missing ones and installs them with apt-get, as root or through sudo.
install_missing() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This is no Debian or Ubuntu system, so nothing was installed. DigitPad needs these packages or their like: $*"
    return 0
  fi
  local missing as_root=() log
  missing_of "$@"
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "These packages are missing and sudo is not here; install them as root, then run this again: ${missing[*]}"
    as_root=(sudo)
  fi
  log=$(mktemp)
  apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" >>"$log" 2>&1; }
  say "Updating the package lists with apt-get …"
  if apt update && missing_of "$@" && say "Installing with apt-get: ${missing[*]}" &&
     apt install --no-install-recommends "${missing[@]}"; then
    rm -f "$log"
    return 0
  fi
  tail -n 20 "$log" >&2
  die "apt-get could not install them (its full output: $log). Check the network and the package sources, then run this again."
}

# build PRESET [TARGET...]: configures when needed and builds; quiet unless something goes wrong.
build() {
  local preset=$1 log targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  log=$root/build/$preset/setup.log
  mkdir -p "$root/build/$preset"
  if [ ! -f "$root/build/$preset/build.ninja" ]; then
    say "Configuring ($preset) …"
    (cd "$root" && cmake --preset "$preset") >"$log" 2>&1 || { cat "$log" >&2; die "CMake could not configure the build; its output is above."; }
    say "Building ($preset); the first time takes a few minutes …"
  fi
  (cd "$root" && cmake --build --preset "$preset" "${targets[@]}") >"$log" 2>&1 || { cat "$log" >&2; die "The build failed; its output is above."; }
}
