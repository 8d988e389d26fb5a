'use strict';

// Preload: node -r ./apm.cjs src/main.ts
// Loads New Relic's agent before everything it watches, and only when it is wanted: loaded and switched off, it would
// still cost 9 MB and 0.06 s at every start. The program finds what came of it under the symbol (src/app/apm.ts).

// NOTE: the words of `flag` in src/config/formats.ts. The agent itself takes anything that is not false for true.
const isWanted = ['true', '1', 'yes', 'on'].includes((process.env.NEW_RELIC_ENABLED ?? '').trim().toLowerCase());

if (isWanted) globalThis[Symbol.for('sentry-monitor.apm')] = load();

function load() {
  if (require('./newrelic.cjs').config.license_key === '')
    return { why: 'NEW_RELIC_LICENSE_KEY is not set; set it, or NEW_RELIC_ENABLED=false' };
  // The agent would look for its settings in other places too, and without them our keys would be in what it reports.
  process.env.NEW_RELIC_HOME = __dirname;
  process.env.NEW_RELIC_CONFIG_FILENAME = 'newrelic.cjs';
  delete process.env.NEW_RELIC_NO_CONFIG_FILE;
  try {
    const agent = require('newrelic');
    // The agent reports its settings, key and all, and New Relic shows them to every user of the account.
    const settings = agent.agent?.config;
    if (settings) Object.defineProperty(settings, 'license_key', { enumerable: false });
    return { agent };
  } catch (error) {
    return { why: `the package newrelic cannot be loaded (${error.code ?? error.name}); run npm install newrelic` };
  }
}
