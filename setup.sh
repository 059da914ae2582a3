#!/bin/sh
# Makes .venv with everything cstprint needs, native parts included. Safe to run again; `make` runs it.
#
# Installs system packages only where that needs no question (root, sudo without a password, Homebrew);
# otherwise it prints the one command to run, and stops.
set -eu
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say ""
    say "cstprint: $1"
    [ -z "${2:-}" ] || say "Run this, then make again · 请运行下面的命令，然后重新 make："
    [ -z "${2:-}" ] || say "    $2"
    exit 1
}

# ── Python 3.11 or later ──
find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

# ── system packages ──
install() {  # install PACKAGE…: by apt or brew, or print how
    if command -v apt-get >/dev/null 2>&1; then
        command="apt-get install -y --no-install-recommends $*"
        if [ "$(id -u)" = 0 ]; then
            say "Installing $* …"
            # shellcheck disable=SC2086
            { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $command; } >&2 \
                || fail "apt-get could not install $*." "apt-get update && $command"
        elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
            say "Installing $* …"
            # shellcheck disable=SC2086
            { sudo -n apt-get update -qq && sudo -n env DEBIAN_FRONTEND=noninteractive $command; } >&2 \
                || fail "apt-get could not install $*." "sudo apt-get update && sudo $command"
        else
            fail "these system packages are missing: $*" "sudo apt-get update && sudo $command"
        fi
    elif command -v brew >/dev/null 2>&1; then
        say "Installing $* …"
        # shellcheck disable=SC2068
        brew install $@ >&2 || fail "Homebrew could not install $*." "brew install $*"
    elif [ "$(uname)" = Darwin ]; then
        fail "Homebrew is missing; it brings $*. See https://brew.sh" "brew install $*"
    else
        fail "these system packages are missing, under whatever names your system has: $*"
    fi
}

python=$(find_python)
if [ -z "$python" ]; then
    if [ "$(uname)" = Darwin ] || command -v apt-get >/dev/null 2>&1; then
        if command -v apt-get >/dev/null 2>&1; then install python3 python3-venv; else install python@3.13; fi
        python=$(find_python)
    fi
    [ -n "$python" ] || fail "Python 3.11 or later is needed; this system's is older or missing."
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    install "$version"
fi

# ── Pango and HarfBuzz: WeasyPrint loads them by name ──
missing=$("$python" - <<'EOF'
import ctypes.util, glob, os, sys
wanted = {"pango-1.0": "libpango-1.0-0", "pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
def found(name):
    folders = (os.environ.get("HOMEBREW_PREFIX", "/opt/homebrew"), "/usr/local")
    return ctypes.util.find_library(name) or (
        sys.platform == "darwin" and any(glob.glob(f"{f}/lib/lib{name}*.dylib") for f in folders))
lacking = [package for name, package in wanted.items() if not found(name)]
print(" ".join(["pango"] if lacking and sys.platform == "darwin" else lacking))
EOF
)
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    install $missing
fi

# ── the environment, from locked versions with their hashes ──
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    rm -rf .venv
    "$python" -m venv .venv
fi
say "Installing locked Python packages; this takes a minute or two … 正在安装，需要一两分钟……"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock >&2 \
    || fail "pip could not install the packages of requirements.lock; is the network there?"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . >&2
touch .venv/.ready
say "Ready."
