#!/usr/bin/env bash
# Brings a Debian or Ubuntu machine to where `make run` and `make test` can start. What is there already is left alone.
# Usage: tools/setup.sh LOCK        LOCK is requirements.txt (to run) or requirements-dev.txt (to test as well)
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1

# What the wheels expect of the system, found with ldd; a package renamed between releases is old/new.
packages="tzdata libzbar0/libzbar0t64 fonts-wqy-microhei
    libglib2.0-0/libglib2.0-0t64 libgl1 libegl1 libfontconfig1 libdbus-1-3 libgssapi-krb5-2
    libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0
    alsa-utils libespeak-ng1"
[ "$lock" = requirements.txt ] || packages="$packages xvfb"  # the tests have a display of their own
fits='import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'

say() { printf 'setup: %s\n' "$*"; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }

find_python() {
    local python
    for python in ${PYTHON:-python3 python3.11 python3.12 python3.13 /usr/bin/python3}; do
        if command -v "$python" >/dev/null && "$python" -c "$fits" 2>/dev/null; then
            "$python" -c 'import sys; print(sys._base_executable)'  # not an active venv's, it may be the one we replace
            return
        fi
    done
    return 1
}

missing_packages() {
    local installed names name
    installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ') "
    for names in $packages; do
        for name in ${names//\// }; do
            [[ $installed == *" $name=installed "* ]] && continue 2
        done
        printf '%s\n' "$names"
    done
}

# Of each package's names the one this release's apt can install; where it knows none, the first, for apt to name.
this_release() {
    local names name chosen
    for names in "$@"; do
        chosen=${names%%/*}
        for name in ${names//\// }; do
            [[ $(apt-cache policy "$name" 2>/dev/null) != *"Candidate: "[!\(]* ]] || chosen=$name
        done
        printf ' %s' "$chosen"
    done
}

install_packages() {
    local chosen sudo="" install="apt-get install -y --no-install-recommends"
    if [ "$(id -u)" != 0 ]; then
        sudo="sudo"
        [ -t 0 ] || sudo="sudo -n"
        $sudo true 2>/dev/null || die "Debian packages are missing, and this user may not install them. Have an administrator run:
    apt-get update && $install$(this_release "$@")"
    fi
    say "asking apt for its current lists"
    $sudo apt-get update -qq
    chosen=$(this_release "$@")
    say "installing Debian packages:$chosen"
    $sudo env DEBIAN_FRONTEND=noninteractive $install -qq $chosen >/dev/null
}

# A virtual environment knows its own path, so a moved one is made anew.
venv_stands() { [ "$(cat .venv/place 2>/dev/null)" = "$PWD" ] && .venv/bin/python -c "$fits" 2>/dev/null; }

python=""
venv_stands || python=$(find_python) || packages="python3 python3-venv $packages"

if command -v dpkg-query >/dev/null; then
    missing=$(missing_packages)
    [ -z "$missing" ] || install_packages $missing
else
    say "not Debian or Ubuntu: nothing installed; needed are the equivalents of ${packages//[$'\n']/ }"
fi

if ! venv_stands; then
    python=${python:-$(find_python)} ||
        die "Python 3.11, 3.12 or 3.13 with venv is needed; here is $(python3 --version 2>&1). Debian 12, Debian 13 and Ubuntu 24.04 have it."
    say "making .venv with $("$python" --version) ($python)"
    rm -rf .venv
    "$python" -m venv .venv
    echo "$PWD" >.venv/place
fi

# Both locks hold the same versions of what they share: the larger one does for the smaller.
stamp() { cat "$1" pyproject.toml | sha256sum; }
stands() { [ "$(cat ".venv/$1.stamp" 2>/dev/null)" = "$(stamp "$1")" ]; }
if ! stands "$lock"; then
    say "installing $lock into .venv, every file checked against its hash"
    pip=".venv/bin/python -m pip install --quiet --disable-pip-version-check"
    $pip --require-hashes --only-binary :all: -r "$lock"
    $pip --no-deps --no-build-isolation --editable .
    stamp "$lock" >".venv/$lock.stamp"
    [ "$lock" = requirements.txt ] || stamp requirements.txt >.venv/requirements.txt.stamp
fi

# Where Python may not write beside the sources (PYTHONDONTWRITEBYTECODE, a read-only place), each start would compile
# the program again: a second, before the window stands. Files that are compiled already are left alone.
rooms="station scanner ui shifts db"
[ "$lock" = requirements.txt ] || rooms="$rooms tests benchmarks"
.venv/bin/python -m compileall -q $rooms || say "the program cannot be compiled ahead here: it starts a little later"
