#!/bin/sh
# croner 11.0.1: a daily time that the clock leaps over is run at the leap, but not where the leap ends the day.
#
# Cron fields of a time that does not exist on the day of a change (02:30 in Europe/Berlin in March) run at the instant
# of the change: its README promises the first valid time after the gap, "on the same day". In America/Nuuk the clock
# leaps from 23:00 to 00:00, so that the last hour of a Saturday in March does not exist and no valid time follows on
# that day: 23:59 is not run at all, neither at the leap nor later. A daily job has one run less than there are days,
# without an error.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts croner@11.0.1
cat > runs.mjs <<'JS'
import { Cron } from 'croner';
const runs = (fields, timezone, from, to) => {
  const cron = new Cron(fields, { timezone, paused: true });
  const all = [];
  for (let at = cron.nextRun(new Date(from)); at !== null && at < new Date(to); at = cron.nextRun(at))
    all.push(at.toISOString().slice(0, 16));
  return all;
};
console.log('02:30 Europe/Berlin:', runs('30 2 * * *', 'Europe/Berlin', '2026-03-27T12:00Z', '2026-03-30T12:00Z').join(' '));
console.log('23:59 America/Nuuk:', runs('59 23 * * *', 'America/Nuuk', '2026-03-27T12:00Z', '2026-03-30T12:00Z').join(' '));
JS
echo "croner 11.0.1, node $(node --version)"
node runs.mjs | tee out.txt
if grep -q 'Berlin: 2026-03-28T01:30 2026-03-29T01:00 2026-03-30T00:30$' out.txt &&
  grep -q 'Nuuk: 2026-03-28T01:59 2026-03-30T00:59$' out.txt; then
  echo 'as described: three days, two runs'
else
  echo 'CHANGED: no longer as described'; exit 1
fi
