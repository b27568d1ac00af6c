#!/bin/sh
# Each file in /run/secrets whose name is that of a setting holds its value; then the command, in the newsroom.
set -eu
for file in /run/secrets/BULLETIN_*; do
    if [ -f "$file" ]; then
        export "${file##*/}=$(cat "$file")"
    fi
done
umask 077
exec /opt/bulletin/bin/bulletin -C /var/lib/bulletin "$@"
