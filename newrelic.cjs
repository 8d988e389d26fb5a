'use strict';

// Settings of New Relic's agent; its own variables (NEW_RELIC_…) win over this file. Read through apm.cjs only.

const fs = require('node:fs');

const { env } = process;

// Anodot's token is a query parameter of every request to it.
const NEVER_REPORTED = ['request.parameters.*', 'request.headers.*', 'response.headers.*'];

// NOTE: the agent lets this variable replace the list below; this way both hold.
if (env.NEW_RELIC_ATTRIBUTES_EXCLUDE)
  env.NEW_RELIC_ATTRIBUTES_EXCLUDE = [...NEVER_REPORTED, env.NEW_RELIC_ATTRIBUTES_EXCLUDE].join(',');

exports.config = {
  app_name: ['sentry-monitor'],
  license_key: licenseKey(),
  // Other regions are in the key; '' lets the agent look there.
  host: env.NEW_RELIC_REGION?.trim() === 'gov' ? 'gov-collector.newrelic.com' : '',
  // Above warnings it would not say that its host cannot be reached.
  logging: { filepath: 'stderr', level: 'warn' },
  attributes: { exclude: NEVER_REPORTED, include_enabled: false },
  // Every run is a transaction of its own (src/app/apm.ts). Requests are none: they would count runs twice, and bring health
  // checks and the text of any error.
  rules: { ignore: ['^/'] },
  // No log lines.
  application_logging: { enabled: false },
  // Its headers would tell Sentry and Anodot ids of our New Relic account, and none of them reads them. Set
  // NEW_RELIC_DISTRIBUTED_TRACING_ENABLED=true to have spans, and these headers with them.
  distributed_tracing: { enabled: false },
  browser_monitoring: { enable: false },
  // It would point at src/app/apm.ts for every run.
  code_level_metrics: { enabled: false },
  // No requests to metadata addresses of clouds at start.
  utilization: {
    detect_aws: false,
    detect_azure: false,
    detect_azurefunction: false,
    detect_gcp: false,
    detect_pcf: false,
    detect_docker: false,
  },
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
