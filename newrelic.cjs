'use strict';

// Settings of New Relic's agent; its own variables (NEW_RELIC_…) win over this file. Read through apm.cjs only.

const fs = require('node:fs');

const { env } = process;

// Anodot's token is a query parameter of every request to it.
const NEVER_REPORTED = ['request.parameters.*', 'request.headers.*', 'response.headers.*'];

// NOTE: the agent lets this variable replace the list below; this way both hold.
if (env.NEW_RELIC_ATTRIBUTES_EXCLUDE) env.NEW_RELIC_ATTRIBUTES_EXCLUDE = [...NEVER_REPORTED, env.NEW_RELIC_ATTRIBUTES_EXCLUDE].join(',');

exports.config = {
  app_name: ['sentry-monitor'],
  license_key: licenseKey(),
  // Other regions are in the key; '' lets the agent look there.
  host: env.NEW_RELIC_REGION?.trim() === 'gov' ? 'gov-collector.newrelic.com' : '',
  logging: { filepath: 'stderr', level: 'warn' },
  attributes: { exclude: NEVER_REPORTED, include_enabled: false },
  // Every run is a transaction of its own (src/apm.ts); posts and health checks would only count it twice.
  rules: { ignore: ['^/'] },
  // These would report the text of any error they meet, and log lines.
  instrumentation: { express: { enabled: false }, router: { enabled: false }, pino: { enabled: false } },
  application_logging: { enabled: false },
  // Its headers would tell Sentry and Anodot ids of our New Relic account, and none of them reads them. Set
  // NEW_RELIC_DISTRIBUTED_TRACING_ENABLED=true to have spans, and these headers with them.
  distributed_tracing: { enabled: false },
  browser_monitoring: { enable: false },
  // No requests to metadata addresses of clouds at start.
  utilization: { detect_aws: false, detect_azure: false, detect_azurefunction: false, detect_gcp: false, detect_pcf: false, detect_docker: false },
};

/** As the program reads it: NAME, or the file that NAME_FILE names. What is wrong with it the program reports itself. */
function licenseKey() {
  const key = env.NEW_RELIC_LICENSE_KEY?.trim();
  const file = env.NEW_RELIC_LICENSE_KEY_FILE?.trim();
  if (key || !file) return key ?? '';
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
