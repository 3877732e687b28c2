#!/bin/sh
# Prepares .venv with the locked dependencies and the command `holdpoint`.
# Needs a Python of at least 3.11 and nothing else; does nothing when nothing changed.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/holdpoint-setup

is_usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:-python3.11 python3.12 python3.13 python3.14 python3 python}; do
        if is_usable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "make setup: Holdpoint needs Python 3.11 or newer, with its venv module." >&2
    echo "  Found: $(python3 --version 2>&1)" >&2
    echo "  Install it (Debian: apt-get install python3 python3-venv), or name it: make setup PYTHON=/path/to/python3" >&2
    exit 1
}

# What the environment was made from: the locks, the project and the folder, since scripts name it.
fingerprint() {
    .venv/bin/python - <<'PYTHON'
import hashlib, pathlib, sys
parts = [sys.version.encode(), str(pathlib.Path.cwd()).encode()]
parts += [pathlib.Path(name).read_bytes() for name in ("requirements-dev.lock", "pyproject.toml", "tools/setup.sh")]
print(hashlib.sha256(b"\0".join(parts)).hexdigest())
PYTHON
}

# The commands inside name the folder that they were installed in: a copied .venv starts another one.
is_at_home() {
    grep -qF "$(pwd -P)/.venv" .venv/bin/activate 2>/dev/null
}

make_environment() {
    if [ -e .venv ] && ! { is_at_home && is_usable .venv/bin/python; }; then
        echo "make setup: .venv was made elsewhere or holds no usable Python; making it anew."
        rm -rf .venv
    fi
    if [ ! -e .venv ]; then
        python=$(find_python)
        "$python" -m venv .venv
    fi
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
}

# uv first, itself from the lock, because it installs in a fraction of pip's time. Where it cannot
# reach what pip is configured for, pip installs the same lock with the same hashes.
install_locked() {
    uv_pin=.venv/uv.lock
    awk '/^[^ ]/ { wanted = /^uv==/ } wanted' requirements-dev.lock >"$uv_pin"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$uv_pin"
    .venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode \
        --require-hashes -r requirements-dev.lock ||
        .venv/bin/python -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r requirements-dev.lock
}

install_holdpoint() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --no-build-isolation -e .
}

if [ -x .venv/bin/holdpoint ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ]; then
    exit 0
fi
make_environment
echo "make setup: installing the locked dependencies into .venv (the first time takes a minute) ..."
install_locked
install_holdpoint
fingerprint >"$stamp"
echo "make setup: ready."
