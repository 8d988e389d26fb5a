/** Texts of files that set up parts, and the keys that they name. */
export const EU_TOKEN = 'sntrys_eu_0123456789';
export const PAY_KEY = 'pay-license-0123456789';
export const KEYS = { EU_TOKEN, PAY_KEY };
export const SOURCES = 'sources:\n  eu: { sentry: acme-eu, url: https://eu.example.com, key: EU_TOKEN, api: table }\n';
export const SINKS = 'sinks:\n  pay: { newrelic: 7, key: PAY_KEY }\n';
export const NO_SENTRY = { SENTRY_ORG: '', SENTRY_AUTH_TOKEN: '' };
export const NO_SINKS = { NEW_RELIC_ACCOUNT_ID: '', NEW_RELIC_LICENSE_KEY: '', ANODOT_TOKEN: '' };
export const filters = (...lines: readonly string[]): string =>
  `filters:\n${lines.map((line, index) => `  - { name: f${index + 1}, projects: [web]${line} }\n`).join('')}`;
