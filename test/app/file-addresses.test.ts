import assert from 'node:assert/strict';
import { assemble } from '../../src/app/assemble.ts';
import { StartError } from '../../src/app/start-error.ts';
import { worldOf } from './fake-world.ts';

const KEY = 'whsec_bm90LWEtcmVhbC1rZXktb2YtYW55Ym9keQ==';
const FILTER = 'filters: [{ name: f1, projects: [web] }]\n';
const ENV = { LEDGER_URL: 'sqlite::memory:', DRY_RUN: 'true', HOOK_KEY: KEY };

function faultsOf(part: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const files = { 'config/filters.yaml': `${part}\n${FILTER}` };
  try {
    return assemble(worldOf({ ...ENV, ...env }, files).world).filters.faults.map(({ text }) => text);
  } catch (error) {
    assert.ok(error instanceof StartError, String(error));
    return error.faults;
  }
}

/** Whatever a file names the address of, with `HOST` in its place. */
const PARTS = {
  webhook: "channels: { one: { webhook: 'https://HOST/in', key: HOOK_KEY } }",
  url: "watches: { one: { url: 'https://HOST/x', every: 30m, alerts: [value > 1], tell: console } }",
  http: "watches: { one: { http: 'https://HOST/x', every: 30m, alerts: [value > 500], tell: console } }",
  tls: "watches: { one: { tls: 'HOST', every: 30m, alerts: [value < 14], tell: console } }",
  csv: "sheets: { one: { csv: 'https://HOST/x' } }",
  ics: "calendars: { one: { ics: 'https://HOST/x' } }",
  'jira url': "tickets: { jira: { url: 'https://HOST', user: a@example.com, key: HOOK_KEY, project: CRM } }",
};

describe('an address of a file, of which it is known that no connection is made to it', () => {
  for (const [where, part] of Object.entries(PARTS))
    it(`is a fault: ${where}`, () => {
      const found = faultsOf(part.replace('HOST', '169.254.169.254'));
      const say = 'its address 169.254.169.254 is link-local or reserved, which nobody asks; write another one';
      assert.deepEqual(found, [`config/filters.yaml:1: ${where.replace(/^jira /, '')}: ${say}`]);
      for (const host of ['hooks.example.com', '10.0.0.1', 'localhost'])
        assert.deepEqual(faultsOf(part.replace('HOST', host)), [], host);
    });

  it('is one of either kind', () => {
    for (const host of ['[fe80::1]', '0.0.0.0']) {
      const [found = ''] = faultsOf(PARTS.webhook.replace('HOST', host));
      assert.match(found, /1: webhook: its address \S+ is link-local or reserved/, host);
    }
  });

  it('is one in a variable too, and its value is not told', () => {
    const part = 'sheets: { team: { csv-secret: TEAM_SHEET } }';
    const [found = ''] = faultsOf(part, { TEAM_SHEET: 'https://169.254.169.254/secret-path-of-it' });
    assert.match(found, /^team: csv-secret: TEAM_SHEET its address \S+ is link-local or reserved/);
    assert.ok(!found.includes('secret-path'));
  });
});
