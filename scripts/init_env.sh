#!/usr/bin/env bash
# Write .env for docker-compose.yaml: secrets made here and now, and the sample newsroom switched on.
# An .env that is there stays as it is: with another password or key, what lies in the volumes can't be read.
set -euo pipefail
umask 077
cd "$(dirname "$0")/.."
file="${1:-.env}"
if [ -e "$file" ]; then
  echo "$file is there and stays as it is"
  exit 0
fi
hex() { head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
# Fernet wants 32 bytes in the alphabet of URLs.
fernet() { head -c 32 /dev/urandom | base64 | tr '+/' '-_'; }

staged="$(mktemp "$file.XXXXXX")"
trap 'rm -f "$staged"' EXIT
cat > "$staged" <<END
# Made by \`make init\`. Keep it out of version control, and keep a copy beside your backups:
# without POSTGRES_PASSWORD and FERNET_KEY the volumes can't be read.
POSTGRES_PASSWORD=$(hex 24)
FERNET_KEY=$(fernet)
JWT_SECRET=$(hex 64)
API_SECRET_KEY=$(hex 32)

# Who logs in at http://127.0.0.1:8080 is \`admin\`, with this password.
ADMIN_PASSWORD=$(hex 12)
#AIRFLOW_PORT=8080

# The sample newsroom: six publishers that do not exist. For real ones delete this block, set DATELINE_CONTACT
# below, and turn sources on in seeds/sources (\`enabled = true\`), or name a folder of your own.
COMPOSE_PROFILES=sample
DATELINE_SOURCES_DIR=./seeds/newsroom/sources
DATELINE_CONNECT_TO=.test=198.51.100.200:8731
DATELINE_HOST_GAP=0.05
DATELINE_INGEST_CRON=*/5 * * * *
DATELINE_SETTLE_FOLLOWS=1

# An address at which publishers reach you; must be set before anything live is fetched.
#DATELINE_CONTACT=you@example.org
#DATELINE_SOURCES_DIR=./seeds/sources
# The folder that news_archive may import from.
#DATELINE_ARCHIVES_DIR=./seeds
# A folder of the host (writable for user 50000) for lake and digests, in place of a named volume.
#DATELINE_DATA=/srv/dateline
END
# A link fails where the name is taken by now: two at once never overwrite each other.
ln "$staged" "$file"
echo "wrote $file; the password of the user admin is its ADMIN_PASSWORD"
