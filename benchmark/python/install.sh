#!/usr/bin/env bash
# Makes the virtual environment of the benchmark's Python contenders: benchmark/target/venv with the
# packages of requirements.txt. Does nothing if it is there and complete.
#
# Environment: PYTHON (python3: 3.11 or newer), VENV (benchmark/target/venv).
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
python="${PYTHON:-python3}"
venv="${VENV:-$here/../target/venv}"
requirements="$here/requirements.txt"
# A copy of the requirements that are installed, written last.
installed="$venv/installed-requirements.txt"

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

[ $# -eq 0 ] || fail "takes no arguments; see the head of the script for its environment variables"
command -v "$python" >/dev/null 2>&1 ||
  fail "there is no $python; install Python 3.11 or newer, or name one by PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 ||
  fail "$python is no working Python 3.11 or newer; name one by PYTHON=/path/to/python3"
"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
  fail "$python cannot make virtual environments; install its venv module (Debian: python3-venv)"

if cmp -s "$requirements" "$installed"; then
  echo "The Python contenders are installed in $venv"
  exit 0
fi
# One that is half made or has other versions is made afresh.
"$python" -m venv --clear "$venv" || fail "cannot make a virtual environment in $venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements" ||
  fail "cannot install the packages of $requirements; pip's own message is above"
cp "$requirements" "$installed"
echo "Installed the Python contenders in $venv"
