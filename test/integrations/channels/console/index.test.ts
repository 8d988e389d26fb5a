import assert from 'node:assert/strict';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import { console } from '../../../../src/integrations/channels/console/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await console.load();

function create(deps: Deps) {
  return console.read({ 'channels.console': 'true' }).create(deps, 'log').part;
}

function linesIn(body: Fitted['body']): readonly string[] {
  return (body as { lines: readonly { text: string }[] }).lines.map(({ text }) => text);
}

/** What moves a terminal's cursor, forges a line, or turns what follows about. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

describe('the console channel', () => {
  channelContract({
    create,
    name: 'log',
    repeatSafe: false,
    secrets: [],
    endpoint: null,
    check: (body) => {
      for (const text of linesIn(body)) {
        assert.ok(!UNSAFE.test(text) && text.isWellFormed(), JSON.stringify(text));
        assert.ok(text.length < 4000, `${text.length} characters`);
      }
    },
    titlesIn: (body) => linesIn(body).map((text) => /^warning: Firing: (.*); 52 events where/.exec(text)![1]!),
    looks: (title) => {
      const line = title
        .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
        .replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd')
        .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
        .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
      const points = [...line];
      return points.length > 200 ? `${points.slice(0, 199).join('')}…` : line;
    },
  });

  it('writes one line an alert, as loud as it is bad', async () => {
    const [channel, scope] = [create(depsOf()), scopeOf()];
    const alerts = [
      alertOf({
        severity: 'critical',
        filter: 'crm-api',
        rule: 'events > 100',
        subject: { kind: 'filter', title: 'crm-api' },
      }),
      alertOf({ state: 'resolved', since: '2026-11-20T09:30:00.000Z' }),
      alertOf({ severity: 'info', state: 'told', rule: 'new', endsWhen: null }),
    ];
    const places = { [alerts[1]!.id]: 'config/filters/crm.yaml:12' };
    await channel.send(channel.fit(messageOf({ alerts, places }), 'rich'), messageOf(), scope);
    assert.deepEqual(
      scope.log.lines.map(({ level, text, fields }) => [level, text, fields['channel'], fields['message']]),
      ['error', 'warn', 'info'].map((level) => [level, 'alert', 'log', '3f6c2c1e-5c1b-4a53-8b0e-6a3f0a9d2b11']),
    );
    const why = '52 events where 3.2 were expected (score 10.7, limit 4)';
    const links = 'https://sentry.example.com/issues/6507376925/; https://monitor.example.com/filters/crm-checkout';
    assert.deepEqual(
      scope.log.lines.map(({ fields }) => fields['alert']),
      [
        `critical: Firing: crm-api; ${why}; since 2026-11-20 10:00 UTC; events > 100 of crm-api; ${links}`,
        `warning: Resolved: TypeError: x is undefined; ${why}; from 2026-11-20 09:30 to 10:05 UTC; ` +
          `trending of crm-checkout (config/filters/crm.yaml:12); ${links}`,
        `info: TypeError: x is undefined; ${why}; since 2026-11-20 10:00 UTC; new of crm-checkout; ${links}`,
      ],
    );
  });

  it('says on each line what holds of all of them, and takes no name for it', () => {
    const lineOf = (message: Parameters<typeof messageOf>[0]): string =>
      linesIn(create(depsOf()).fit(messageOf(message), 'rich').body)[0]!;
    assert.match(lineOf({ mayRepeat: true }), /^May be a repeat: warning: Firing: /);
    assert.match(lineOf({ mayRepeat: true, collects: 'late' }), /^May be a repeat: Late: warning: Firing: /);
    assert.match(lineOf({ collects: 'muted' }), /^A mute is over: warning: Firing: /);
    assert.match(lineOf({ collects: 'budget' }), /^warning: Firing: /);
    assert.match(lineOf({ alerts: [alertOf({ filter: 'Late' })] }), /^warning: Firing: /);
  });

  it('is switched on, and takes nothing else', () => {
    assert.ok(console.read({ 'channels.console': 'TRUE' }));
    assert.throws(() => console.read({ 'channels.console': 'false' }), /has no settings; write true, or leave it out/);
  });
});
