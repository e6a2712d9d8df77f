# shellcheck shell=bash disable=SC2034
# What the scripts of this tree need from Debian 12, and how it gets there. To be sourced.

packages_product=(cmake ninja-build g++ pkg-config libboost-program-options-dev nlohmann-json3-dev libsimdjson-dev
  libeigen3-dev libcpp-httplib-dev libcurl4-openssl-dev libssl-dev libfmt-dev
  libsqlite3-dev zlib1g-dev libmariadb-dev librandom123-dev prometheus-cpp-dev)
packages_tests=(curl libgtest-dev libgmock-dev librapidcheck-dev python3-jsonschema
  mariadb-server-core mariadb-client-core php-cli)
packages_all=(clang-16 libclang-rt-16-dev clang-format clang-tidy libbenchmark-dev
  libns3-dev python3-simpy3)

say() { printf '\n== %s\n' "$*" >&2; }
fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# install_missing PACKAGE...: installs those that are not there yet, and asks for root only then.
install_missing() {
  local package missing=() as_root=()
  command -v dpkg-query >/dev/null ||
    fail "this script installs Debian packages, and dpkg is not here. Install these yourself: $*"
  for package in "$@"; do
    dpkg-query --show --showformat '${db:Status-Status}\n' "$package" 2>/dev/null |
      grep --quiet --line-regexp installed || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "not root and no sudo. Run as root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get update >&2 ||
    fail "apt-get update failed; look at the network and /etc/apt/sources.list"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get install failed; the packages are those of Debian 12"
}

# require_writable FOLDER: says so now rather than in the middle of a build.
require_writable() {
  if ! mkdir -p "$1" 2>/dev/null || [[ ! -w $1 ]]; then
    fail "cannot write to $1; give this user the right, or copy the tree to a folder of yours"
  fi
}

# configure ARGUMENT...: cmake, through ccache where it is installed.
configure() {
  local launcher=()
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  cmake "${launcher[@]}" "$@" >&2
}
