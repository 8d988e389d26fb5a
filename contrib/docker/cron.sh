#!/bin/sh
# A cron for a container, without root: three minutes after each window it calls trigger.sh with its own arguments.
# TRIGGER_TOKEN: that of the servers, or several with commas between them, of which the first is used.
set -eu
trigger=$(dirname "$0")/../trigger.sh
tokens=${TRIGGER_TOKEN:?is not set}
unset TRIGGER_TOKEN

# As a file, because everybody can read command lines.
umask 077
token_file=${TMPDIR:-/tmp}/trigger.token
printf '%s\n' "${tokens%%,*}" > "$token_file"

# NOTE: the first process of a container heeds no signal that it has no trap for. A tick in hand is ended first.
sleeping=''
trap '[ -z "$sleeping" ] || kill "$sleeping"; exit 0' TERM INT
while :; do
  sleep $((300 - ($(date +%s) - 180) % 300)) &
  sleeping=$!
  wait "$sleeping"
  sleeping=''
  sh "$trigger" --token-file "$token_file" "$@" || true
done
