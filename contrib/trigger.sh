#!/bin/sh
# One tick of the cron: posts to the first server that answers. Needs curl and coreutils; --help has the contract.
set -euf # -f: [::1] in a URL is no file pattern
export LC_ALL=C

usage() {
  cat <<'EOF'
usage: trigger.sh [options] [--server] URL...

  --server URL         a server, in the order to be asked, such as https://monitor-1.example.com or http://10.0.0.7:3000
  --token-file FILE    its first line is one of the servers' TRIGGER_TOKEN (or "Authorization: Bearer <token>")
  --timeout SECONDS    for each server, default 150; keep it above RUN_DEADLINE_SECONDS
  --ledger             the servers share a ledger: go on to the next one after 502 and 504 too
  --at UNIXSECONDS     the time of the tick, default now; to repeat one by hand
  --help

All servers get the same `at`, so all mean the same window. 200 and 202 end the tick; no answer and 503 go on to the next
server. 502 and 504 may have sent a part: without a ledger another server would send that again and double Anodot's counter.
No answer goes on even if the post went out ("may have sent"): a living server answers 504 before the time is up, and a
window that is lost is worse than one that is sent twice; New Relic's charts do not change by it, Anodot's counter may double.

One line on stdout says what each server answered, and why when it is trouble: `502 sent=some newrelic: 403 …`. When all was
sent and a filters file is not in force, the tick has done its work (exit 0), and stderr says which file is to be mended.
Exit codes:
  0  done (200, or 202: in another server's hands)
  1  failed or delivered in part: 500, 502 or 504, and no other server may be or is left to be asked
  2  bad call; nothing was posted
  3  no server answered, or all were unable (503)
  4  refused in a way that another server would repeat (400, 401, 404, 405, 413, 429, a redirect); the line says what to do
EOF
}

bad() {
  printf 'trigger.sh: %s\n\n' "$1" >&2
  usage >&2
  exit 2
}

servers='' token_file='' token='' timeout=150 ledger='' at=''

add_server() {
  case $1 in
    # They are printed and split at spaces; what is kept out here is a password above all.
    *[!][A-Za-z0-9.:/_~%-]*) bad 'a URL has no user, query, fragment or space: https://host:port/path' ;;
    http://[!/]* | https://[!/]*) servers="$servers ${1%/}" ;;
    *) bad 'a URL begins with http:// or https:// and a host' ;;
  esac
}

while [ $# -gt 0 ]; do
  case $1 in
    --help) usage; exit 0 ;;
    --ledger) ledger=yes; shift; continue ;;
    --server | --token-file | --timeout | --at) [ $# -gt 1 ] || bad "$1 needs a value" ;;
    -*) bad 'unknown option' ;; # not shown: it may be a token in the wrong place
    *) add_server "$1"; shift; continue ;;
  esac
  case $1 in
    --server) add_server "$2" ;;
    --token-file) token_file=$2; [ -n "$2" ] || bad '--token-file needs a file' ;;
    --timeout) timeout=$2 ;;
    --at) at=$2; [ -n "$2" ] || bad '--at needs Unix seconds' ;;
  esac
  shift 2
done

[ -n "$servers" ] || bad 'name at least one server'
case $timeout in '' | *[!0-9]* | ??????*) bad '--timeout needs whole seconds' ;; esac
[ "$timeout" -gt 0 ] || bad '--timeout needs at least a second' # to curl, 0 is for ever
case $at in *[!0-9]* | ?????????????*) bad '--at needs Unix seconds' ;; esac
command -v curl >/dev/null || bad 'curl is not installed'

if [ -n "$token_file" ]; then
  { set +x; } 2>/dev/null # a trace would show the token
  token=$(head -n 1 <"$token_file" | tr -d '[:space:]') || true
  token=${token#Authorization:Bearer}
  [ -n "$token" ] || bad 'the first line of --token-file cannot be read or is empty'
  case $(ls -ldL -- "$token_file") in
    ???????r*) printf 'trigger.sh: everyone on this host can read the token: chmod o-r "%s"\n' "$token_file" >&2 ;;
  esac
fi

# Once, before the first try: a later clock could mean another window.
[ -n "$at" ] || at=$(date +%s)

# Prints the answer's head, then its status and how many bytes were sent. The token goes through stdin, because everyone can
# read command lines. -q: a .curlrc could follow redirects or print things. -d '': some proxies want a length.
post() {
  curl -q -sg -m "$timeout" --connect-timeout 5 -o /dev/null -D - -w '\n%{http_code} %{size_request}' -H @- -d '' "$1/run?at=$at" <<EOF
${token:+Authorization: Bearer $token}
EOF
}

line_feed='
'

# The reason that an answer's head ($1) gives, with a space before it: printable ASCII on one line, and never the token.
why_of() {
  case $1 in
    *"$line_feed"[Ss]entry-[Mm]onitor-[Ww]hy:\ *) ;;
    *) return 0 ;;
  esac
  line=$(printf '%s\n' "${1##*"$line_feed"[Ss]entry-[Mm]onitor-[Ww]hy: }" | head -n 1 | tr -cd ' -~')
  case $line in *"${token:-$line }"*) line='(it has the token in it)' ;; esac
  printf ' %.300s' "$line"
}

tries=''
note() { tries="$tries${tries:+;} $server $1"; }
finish() {
  printf 'sentry-monitor at=%s%s\n' "$at" "$tries"
  exit "$1"
}

result=3
for server in $servers; do
  curl_code=0
  answer=$(post "$server") || curl_code=$?
  last=${answer##*"$line_feed"}
  status=${last% *} bytes=${last#* }
  sent=${answer##*"$line_feed"[Ss]entry-[Mm]onitor-[Ss]ent: } # HTTP/2 has lower case
  sent=${sent%%[!a-z]*}
  case $sent in none | some | all | unknown) ;; *) sent='?' ;; esac
  why=$(why_of "$answer")

  # A status counts even when the rest of the answer was cut off.
  case $status in
    200 | 202)
      note "$status sent=$sent$why"
      # On stderr too: who sends the line of every tick to /dev/null still has to mend a filters file.
      [ -z "$why" ] || printf 'trigger.sh: %s answered %s, but:%s\n' "$server" "$status" "$why" >&2
      finish 0
      ;;
    503) note "$status sent=$sent$why" ;;
    5??)
      note "$status sent=$sent$why"
      result=1
      [ -n "$ledger" ] || finish 1
      ;;
    [234]??)
      case $status in
        400) hint="it cannot use at=$at: compare the clocks of this host and the server" ;;
        401) hint='the token of --token-file is none of its TRIGGER_TOKEN' ;;
        429) hint='the token of --token-file is none of its TRIGGER_TOKEN, like that of too many posts, or a proxy before it limits posts' ;;
        404 | 405) hint='no POST /run at this URL: give the part before /run' ;;
        413) hint='a post of ours has no body: look at the proxy before it' ;;
        3??) hint='a redirect is not followed: give the URL it leads to' ;;
        408 | 415 | 417 | 431) hint='the post was spoilt on its way: look at the proxy before it' ;;
        *) hint='this is no answer of sentry-monitor: check the URL' ;;
      esac
      note "$status sent=$sent$why ($hint)"
      finish 4
      ;;
    *)
      case $curl_code in
        6) why='unknown host' ;;
        7) why='no connection' ;;
        28) why='timed out' ;;
        35 | 60) why='TLS fails' ;;
        *) why="curl says $curl_code" ;;
      esac
      case $bytes in '' | 0) ;; *) why="$why, may have sent" ;; esac
      note "no answer ($why)"
      ;;
  esac
done
finish "$result"
