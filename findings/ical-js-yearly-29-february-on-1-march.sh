#!/bin/sh
# ical.js 2.2.1: a yearly event of 29 February is on 1 March in other years.
#
# RFC 5545 (3.3.10): a recurrence rule may give a date that does not exist, and such an instance must be ignored. A rule
# of FREQ=YEARLY alone, begun on 29 February, has its next day in 2028. ical.js gives 1 March of 2025, 2026 and 2027. With
# BYMONTH=2;BYMONTHDAY=29, which means the same, it is right.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1
cat > days.mjs <<'JS'
import ICAL from 'ical.js';
const days = (rule) => {
  const iterator = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString('2024-02-29'));
  return Array.from({ length: 3 }, () => iterator.next().toString());
};
console.log('alone:', days('FREQ=YEARLY').join(' '));
console.log('by its parts:', days('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29').join(' '));
JS
echo "ical.js 2.2.1, node $(node --version)"
node days.mjs | tee out.txt
if grep -q '^alone: 2024-02-29 2025-03-01 2026-03-01$' out.txt &&
  grep -q '^by its parts: 2024-02-29 2028-02-29 2032-02-29$' out.txt; then
  echo 'as described: 1 March in two years of three'
else
  echo 'CHANGED: no longer as described'; exit 1
fi
