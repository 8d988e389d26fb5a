import assert from 'node:assert/strict';
import { runNode } from '../../support/process/processes.ts';
import { folder } from '../../support/process/temp-folder.ts';

const SETTINGS = {
  SENTRY_ORG: 'acme',
  SENTRY_AUTH_TOKEN: 'not-a-real-token',
  ANODOT_TOKEN: 'not-a-real-key',
  CRM_HOOK_KEY: 'whsec_bm90LWEtcmVhbC1rZXktb2YtYW55Ym9keQ==',
};

const CHANNELS = "channels:\n  crm: { webhook: 'https://hooks.example.com/alerts', key: CRM_HOOK_KEY }\n";

function shop(...alerts: readonly string[]): string {
  const lines = alerts.map((alert) => `      - ${alert}\n`).join('');
  return `${CHANNELS}filters:\n  - name: shop\n    projects: [web]\n    tell: [crm, console]\n    alerts:\n${lines}`;
}

describe('check, of alerts', () => {
  let files: ReturnType<typeof folder>;
  afterEach(() => files.remove());

  const check = async (
    text: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ code: number | null; lines: readonly string[]; path: string }> => {
    files = folder({ 'f.yaml': text });
    const path = files.file('f.yaml');
    const { code, stdout } = await runNode(['src/cli.ts', 'check'], { ...SETTINGS, ...env, FILTERS: path });
    assert.ok(!stdout.includes(SETTINGS.CRM_HOOK_KEY));
    return { code, lines: stdout.split('\n'), path };
  };

  it('says which rules tell whom, and exits 0 when their cases come out', async () => {
    const later = 'escalate: { after: 5m, tell: console }';
    const cases = `${later}, cases: [{ windows: [40, 101, 102, 20, 20, 20], expect: [fired@2, escalated@3, resolved@6] }]`;
    const { code, lines } = await check(
      shop('new', 'none for 30m', `{ when: events > 100, tell: crm, ${cases} }`, '{ when: any, tell: [] }'),
    );
    assert.equal(code, 0, lines.join('\n'));
    assert.equal(lines[0], 'settings ok; sinks: anodot; channels: crm');
    assert.ok(
      lines.includes(
        'filter   shop: web; to anodot; alerts: 3 rules tell crm, console, and later console, 1 rule tells nobody',
      ),
      lines.join('\n'),
    );
    assert.deepEqual(
      lines.filter((line) => /^(?:case|fault)/.test(line)),
      [],
    );
  });

  it('exits 1 for a case that comes out otherwise, with rule, case, what was expected and what came', async () => {
    const cases = [
      '{ windows: [101], expect: [fired@1] }',
      '{ windows: [40, 101, 20, 20, 20], expect: [fired@2, resolved@4] }',
      '{ windows: [100, null], expect: [fired@1] }',
    ];
    const { code, lines, path } = await check(shop(`{ when: events > 100, cases: [${cases.join(', ')}] }`));
    assert.equal(code, 1);
    assert.deepEqual(
      lines.filter((line) => line.startsWith('case')),
      [
        `case     ${path}:8: shop: events > 100: case 2 expects fired@2, resolved@4, and what came is fired@2, resolved@5`,
        `case     ${path}:8: shop: events > 100: case 3 expects fired@1, and what came is nothing`,
      ],
    );
  });

  it('exits 1 for what needs a ledger where there is none, and 0 where there is one', async () => {
    const text = shop('new', 'top 10 of 7d > 200');
    const without = await check(text);
    assert.equal(without.code, 1);
    assert.ok(
      without.lines.includes(
        `fault    ${without.path}:9: alerts[1]: "top 10 of 7d > 200" needs a ledger: without one the service ` +
          'remembers a day, and nothing after a restart; set LEDGER_URL, such as sqlite:./ledger.db, or remove it',
      ),
      without.lines.join('\n'),
    );
    files.remove();
    const withLedger = await check(text, { LEDGER_URL: 'sqlite::memory:' });
    assert.equal(withLedger.code, 0, withLedger.lines.join('\n'));
  });

  it('warns of mutes that mute nothing, and of rules of which nobody hears', async () => {
    const mutes =
      'mutes:\n  - { filter: shp, resolved: true, why: known }\n' +
      '  - { filter: shop, until: 2020-11-20T09:00:00+01:00, why: moving house }\n';
    const { code, lines, path } = await check(
      shop('new').replace('key: CRM_HOOK_KEY', 'key: CRM_HOOK_KEY, severity: critical').replace(', console', '') +
        mutes,
    );
    assert.equal(code, 0);
    const heard = 'its severity is warning, and crm takes nothing below critical; change one of both';
    assert.deepEqual(
      lines.filter((line) => line.startsWith(`warning  ${path}`)),
      [
        `warning  ${path}:8: alerts: nobody hears of new: ${heard}`,
        `warning  ${path}:10: mutes: no filter is named "shp", so this mutes nothing; did you mean shop?`,
        `warning  ${path}:11: mutes: that of filter shop ended at 2020-11-20T08:00:00.000Z, so it mutes nothing any more; remove it, or write a later until`,
      ],
    );
  });
});
