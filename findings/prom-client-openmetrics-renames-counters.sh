#!/bin/sh
# prom-client 15.1.3: asking an OpenMetrics registry for its text renames the counters it holds, for good.
#
# A metric may be registered in two registries, one for Prometheus's text format and one for OpenMetrics. The first
# scrape in OpenMetrics takes `_total` off the counter object itself. From then on the text registry, which nobody
# touched, exposes the series under another name (`jobs` in place of `jobs_total`), so every query and alert that reads
# it goes empty. Seen from outside: the name of a series depends on whether some other scraper came by before.
#
# Exits 0 while the behaviour is as described, non-zero when it changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund prom-client@15.1.3
cat > try.js <<'JS'
import { readFileSync } from 'node:fs';
import { Counter, openMetricsContentType, prometheusContentType, Registry } from 'prom-client';

const text = new Registry(prometheusContentType);
const open = new Registry(openMetricsContentType);
const counter = new Counter({ name: 'jobs_total', help: 'Jobs', registers: [text, open] });
counter.inc();
const series = (exposed) => exposed.split('\n').find((line) => line.startsWith('jobs')) ?? 'nothing';

const before = series(await text.metrics());
const opened = series(await open.metrics());
const after = series(await text.metrics());
const { version } = JSON.parse(readFileSync('node_modules/prom-client/package.json', 'utf8'));
console.log(`prom-client ${version}, node ${process.version}`);
console.log(`text format, before:                 ${before}`);
console.log(`OpenMetrics, asked once:             ${opened}`);
console.log(`text format, after:                  ${after}`);
const asDescribed = before === 'jobs_total 1' && opened === 'jobs_total 1' && after === 'jobs 1';
console.log(asDescribed ? 'as described: the other registry lost the name' : 'CHANGED: no longer as described');
process.exitCode = asDescribed ? 0 : 1;
JS
node try.js
