import assert from 'node:assert/strict';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import { teams } from '../../../../src/integrations/channels/teams/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';

await teams.load();

const PLACE =
  'https://acme.1f.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/5f0c/invoke';
const SIG = 'Ab3-dEf_gHi7jKl9mNoPqRsTuVwXyZ012345';
const URL_ = `${PLACE}?api-version=1&sig=${SIG}`;

function create(deps: Deps, url = URL_) {
  return teams.read({ 'channels.teams': url }).create(deps, 'ops').part;
}

interface Element {
  readonly type: string;
  readonly items?: readonly Element[];
  readonly inlines?: readonly { readonly type: string; readonly text: string }[];
  readonly actions?: readonly { readonly type: string; readonly title: string; readonly url: string }[];
}

function elementsIn(body: Fitted['body']): readonly Element[] {
  const { attachments } = body as unknown as { attachments: readonly { content: { body: readonly Element[] } }[] };
  return attachments[0]!.content.body;
}

const textOf = ({ inlines = [] }: Element): string => inlines.map(({ text }) => text).join('');

function check(body: Fitted['body']): void {
  const text = JSON.stringify(body);
  assert.ok(Buffer.byteLength(text) <= 28 * 1024, `${Buffer.byteLength(text)} bytes`);
  assert.ok(text.isWellFormed());
  assert.ok(!/"type":"(TextBlock|FactSet|Action\.Submit)"/.test(text), 'those read Markdown, or want an answer');
  for (const { items = [] } of elementsIn(body))
    for (const element of items) assert.ok(element.type === 'ActionSet' || textOf(element) !== '');
}

describe('the teams channel', () => {
  channelContract({
    create,
    name: 'ops',
    repeatSafe: false,
    secrets: [SIG],
    endpoint: {
      request: {
        url: PLACE,
        query: [
          ['api-version', '1'],
          ['sig', SIG],
        ],
      },
      accepted: { status: 202 },
      limited: [[{ status: 429, headers: { 'retry-after': '17' } }, 17_000]],
      saysNo: [
        [
          'a failure of Teams in a good answer',
          { status: 200, body: 'endpoint returned HTTP error 400 with ContextId' },
        ],
      ],
      badText: [{ status: 400, body: { error: { code: 'TriggerInputSchemaMismatch' } } }, { status: 413 }],
      permanent: [401, 403, 404, 405, 410].map((status) => ({ status, body: 'no' })),
    },
    check,
    titlesIn: (body) =>
      elementsIn(body).flatMap((element) => {
        const [first] = (element.items ?? [element]).map(textOf);
        const title = /^Firing: ([^]*)$/.exec(first ?? '')?.[1];
        return title === undefined ? [] : [title];
      }),
    callsIn: (body) =>
      elementsIn(body).flatMap(({ items = [] }) => items.map(textOf).filter((it) => it.startsWith('at '))),
    looks: (title) => onOneLine(title),
  });

  it('is one card: the head, a part for each alert with its links as buttons, and who says it', () => {
    const alerts = [
      alertOf({ severity: 'critical', runbook: 'https://wiki.example.com/crm' }),
      alertOf({ state: 'resolved', since: '2026-11-20T09:30:00.000Z', subject: { id: '7', title: '*bold* [a](b)' } }),
    ];
    const { body } = create(depsOf()).fit(messageOf({ alerts, lines: ['held back: quiet until 07:00'] }), 'rich');
    const [head, note, one, other, foot] = elementsIn(body) as [Element, Element, Element, Element, Element];
    assert.deepEqual([head, note, foot].map(textOf), [
      '2 alerts of crm-checkout: 1 critical, 1 firing, 1 resolved',
      'held back: quiet until 07:00',
      'host-1, 2026-11-20 10:07 UTC',
    ]);
    assert.deepEqual(one.items!.slice(0, 4).map(textOf), [
      'Firing: TypeError: x is undefined',
      '52 events where 3.2 were expected (score 10.7, limit 4)',
      'since 2026-11-20 10:00 UTC; trending of crm-checkout; ends after three windows in a row without a surge',
      'sentry-monitor mute issue 6507376925 --for 1h --why "…"',
    ]);
    assert.deepEqual(one.items![4]!.actions, [
      { type: 'Action.OpenUrl', title: 'Sentry', url: 'https://sentry.example.com/issues/6507376925/' },
      { type: 'Action.OpenUrl', title: 'page', url: 'https://monitor.example.com/filters/crm-checkout' },
      { type: 'Action.OpenUrl', title: 'runbook', url: 'https://wiki.example.com/crm' },
    ]);
    assert.equal(textOf(other.items![0]!), 'Resolved: *bold* [a](b)');
  });

  it('keeps below what a workflow takes, also with long texts in other letters', () => {
    const long = '語'.repeat(3000);
    const alerts = Array.from({ length: 40 }, (_, index) =>
      alertOf({ why: long, rule: long, endsWhen: long, subject: { id: String(index), title: long } }),
    );
    const { body, leftOut } = create(depsOf()).fit(messageOf({ alerts, lines: [long, long] }), 'rich');
    check(body);
    assert.ok(leftOut >= 36 && leftOut < 40);
    assert.ok(JSON.stringify(body).includes(`and ${leftOut} more`));
    const lines = Array.from({ length: 300 }, (_, index) => `line ${index} ${long}`);
    const own = create(depsOf()).fit(messageOf({ type: 'message', alerts: [], lines }), 'rich');
    check(own.body);
    assert.match(JSON.stringify(own.body), /and \d+ more lines/);
  });

  for (const [url, says] of [
    ['https://acme.webhook.office.com/webhookb2/0123/IncomingWebhook/4567', /is of a connector, which Teams no longer/],
    [`https://prod-1.westeurope.logic.azure.com/workflows/5f/invoke?sig=${SIG}`, /Workflows no longer has; copy the/],
    [PLACE, /has no sig= in it; copy the address/],
    ['acme', /is not an http or https address/],
  ] as const)
    it(`does not take ${url.slice(0, 40)}: ${says.source.slice(0, 30)}`, () =>
      assert.throws(
        () => teams.read({ 'channels.teams': url }),
        (error: Error) => says.test(error.message) && !error.message.includes(url),
      ));
});
