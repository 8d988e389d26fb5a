import assert from 'node:assert/strict';
import type { Filter } from '../../../src/core/model/filter.ts';
import type { Item } from '../../../src/core/model/item.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Deps } from '../../../src/integrations/plugin.ts';
import { anodot } from '../../../src/integrations/sinks/anodot.ts';
import { sinkContract } from '../../contract/sink.ts';
import { depsOf } from '../../support/build/deps.ts';
import { mock } from '../../support/build/http-mock.ts';
import { filterOf, reportOf } from '../../support/build/reports.ts';
import { scopeOf } from '../../support/build/scope.ts';

const TOKEN = 'a1b2c3d4/e5f6+a7b8=c9';
const URL_ = 'https://app.anodot.com/api/v1/metrics';
const QUERY = [
  ['token', TOKEN],
  ['protocol', 'anodot20'],
] as const;

function create(deps: Deps, env: Record<string, string> = {}): Sink {
  return anodot.build({ ANODOT_TOKEN: TOKEN, ...env }, deps, 'anodot').part;
}

function encode(report: Report, env: Record<string, string> = {}): readonly Item[] {
  return create(depsOf(), env).encode(report);
}

function vet(filters: readonly Filter[]): readonly string[] {
  return anodot
    .build({ ANODOT_TOKEN: TOKEN }, depsOf(), 'anodot')
    .vet(filters)
    .map(({ filter, key, text }) => `${filter} ${key}: ${text}`);
}

for (const kind of ['counter', 'gauge'] as const) {
  describe(`the Anodot sink, events as ${kind}`, () => {
    sinkContract({
      create: (deps) => create(deps, { ANODOT_EVENTS_AS: kind }),
      name: 'anodot',
      repeatSafe: kind === 'gauge',
      secrets: [TOKEN],
      endpoints: [
        {
          name: 'Metrics 2.0',
          request: { url: URL_, query: QUERY },
          accepted: () => ({ body: { errors: [] } }),
          bodiesIn: (body) => body,
        },
      ],
    });
  });
}

describe('Anodot samples', () => {
  const sample = (what: string, project: string, target_type: string, value: number): object => ({
    properties: { what, project, filter: 'crm-checkout', type: 'event_count', target_type },
    timestamp: 1_795_168_800,
    value,
  });

  it('are three per project, zeros included, stamped with the start in whole seconds', () => {
    const expected = [
      sample('sentry_events', 'crm-web', 'counter', 60),
      sample('sentry_issues', 'crm-web', 'gauge', 2),
      sample('sentry_users', 'crm-web', 'gauge', 40),
      sample('sentry_events', 'crm-api', 'counter', 0),
      sample('sentry_issues', 'crm-api', 'gauge', 0),
      sample('sentry_users', 'crm-api', 'gauge', 0),
    ];
    assert.deepEqual(
      encode(reportOf()).map(({ body }) => body),
      expected,
    );
  });

  it('with gauge differ in the target type of the events only', () => {
    assert.deepEqual(
      encode(reportOf(), { ANODOT_EVENTS_AS: 'gauge' })
        .slice(0, 2)
        .map(({ body }) => body),
      [sample('sentry_events', 'crm-web', 'gauge', 60), sample('sentry_issues', 'crm-web', 'gauge', 2)],
    );
  });

  it('never have more properties, whatever the filter has: names and values are the identity', () => {
    const filter = filterOf({ projects: ['crm-web', 'crm-api'], team: 't', labels: { a: 'b' }, tags: ['release'] });
    for (const { body } of encode(reportOf({ filter })))
      assert.deepEqual(Object.keys(body['properties'] as object), ['what', 'project', 'filter', 'type', 'target_type']);
  });

  it('have names without points, spaces, equals signs or non-ASCII, at most 150 characters', () => {
    const name = `a.b c=d/é-${'x'.repeat(200)}`;
    const [item] = encode(reportOf({ totals: [{ project: name, projectId: '1', events: 1, users: 1, issues: 1 }] }));
    assert.equal((item?.body['properties'] as { project: string }).project, `a_b_c_d__-${'x'.repeat(140)}`);
  });

  it('are none for a project that could not be read', () => {
    assert.deepEqual(encode(reportOf({ totals: [] })), []);
  });

  it('have the same keys on every server', () => {
    assert.deepEqual(
      encode(reportOf({ revision: 3 }))
        .map(({ key }) => key)
        .slice(0, 2),
      [
        '["crm-checkout@2026-11-20T10:00:00.000Z",3,"sentry_events","crm-web"]',
        '["crm-checkout@2026-11-20T10:00:00.000Z",3,"sentry_issues","crm-web"]',
      ],
    );
  });

  it('of a correction are the difference of the events alone, on top of what was told; a project that could not be read then has its whole count', () => {
    const { totals } = reportOf();
    const [web, api] = totals as [(typeof totals)[0], (typeof totals)[0]];
    const correct = (told: typeof totals, now: typeof totals) =>
      create(depsOf()).encodeCorrection!({ totals: told }, reportOf({ revision: 2, totals: now }));
    assert.deepEqual(correct(totals, [{ ...web, events: 67, users: 50, issues: null }, api]), [
      {
        key: '["crm-checkout@2026-11-20T10:00:00.000Z",2,"sentry_events","crm-web"]',
        body: sample('sentry_events', 'crm-web', 'counter', 7),
      },
    ]);
    assert.deepEqual(
      correct([web], totals).map(({ body }) => body),
      [sample('sentry_events', 'crm-api', 'counter', 0)],
    );
    assert.deepEqual(correct(totals, [{ ...web, events: 59 }, api]), [], 'never less');
    assert.equal(create(depsOf(), { ANODOT_EVENTS_AS: 'gauge' }).encodeCorrection, undefined);
  });

  it('of two names that become one are refused at start', () => {
    assert.deepEqual(
      vet([filterOf({ projects: ['crm_web', 'crm-api'] }), filterOf({ name: 'b', projects: ['crm_web'] })]),
      [],
    );
    assert.deepEqual(vet([filterOf({ projects: ['crm.web', 'crm_web'] })]), [
      'crm-checkout projects: crm_web and crm.web of crm-checkout would become one in Anodot (crm_web); leave one out, or send this filter elsewhere with sinks',
    ]);
  });
});

describe('Anodot requests', () => {
  it('are plain JSON, not compressed, to the address of the settings', async () => {
    const sink = create(depsOf(), { ANODOT_URL: 'https://eu.anodot.com/proxy/' });
    const calls = mock(
      {
        method: 'POST',
        url: 'https://eu.anodot.com/proxy/api/v1/metrics',
        query: QUERY,
        headers: { 'content-type': 'application/json' },
      },
      { body: { errors: [] } },
    );
    await sink.send(sink.encode(reportOf()), scopeOf());
    assert.equal(calls[0]?.headers['content-encoding'], undefined);
  });

  it('that are not repeat-safe use no kept connection', async () => {
    for (const [kind, kept] of [
      ['counter', false],
      ['gauge', true],
    ] as const) {
      const sink = create(depsOf(), { ANODOT_EVENTS_AS: kind });
      const calls = mock({ method: 'POST', url: URL_, query: QUERY }, { body: { errors: [] } });
      await sink.send(sink.encode(reportOf()), scopeOf());
      assert.equal(calls[0]?.headers['connection'] === 'close', !kept);
    }
  });
});

const REFUSED = { status: 'refused' };
const MAYBE = { status: 'uncertain', fault: { message: 'anodot: 1004 r', retryable: true, resend: false } };
const OK = { status: 'accepted' };

function resend(message: string): object {
  return { status: 'failed', fault: { message, retryable: true, resend: true } };
}

function failed(message: string): object {
  return { status: 'failed', fault: { message, retryable: false, resend: false } };
}

describe('Anodot refusals inside a 200', () => {
  const table: readonly (readonly [string, unknown[], readonly object[]])[] = [
    [
      'a position as text, a code as text',
      [{ index: '1', error: '2028', description: 'Metric name length exceeded the maximum allowed: 300' }],
      [OK, { ...REFUSED, why: 'anodot: 2028 Metric name length exceeded the maximum allowed: 300' }, OK],
    ],
    [
      'a position and a code as numbers',
      [{ index: 2, error: 2010, description: 'x' }],
      [OK, OK, { ...REFUSED, why: 'anodot: 2010 x' }],
    ],
    ['position 0', [{ index: 0, error: '2010' }], [{ ...REFUSED, why: 'anodot: 2010' }, OK, OK]],
    [
      'several positions',
      [
        { index: '0', error: '2010', description: 'a' },
        { index: '2', error: '2011', description: 'b' },
      ],
      [{ ...REFUSED, why: 'anodot: 2010 a' }, OK, { ...REFUSED, why: 'anodot: 2011 b' }],
    ],
    [
      'no position: about all',
      [{ error: '2001', description: 'Token is not active' }],
      Array<object>(3).fill(failed('anodot: 2001 Token is not active')),
    ],
    [
      'a position of null: about all',
      [{ index: null, error: 3016, description: 'y' }],
      Array<object>(3).fill(failed('anodot: 3016 y')),
    ],
    [
      'an empty position: about all',
      [{ index: '', error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a blank position: about all',
      [{ index: ' ', error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a position outside: about all',
      [{ index: '3', error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a negative position: about all',
      [{ index: -1, error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'half a position: about all',
      [{ index: 0.5, error: '2001', description: 'z' }],
      Array<object>(3).fill(failed('anodot: 2001 z')),
    ],
    [
      'a plain text: about all',
      ['Data collection token is invalid'],
      Array<object>(3).fill(failed('anodot: Data collection token is invalid')),
    ],
    ['nothing said', [{}], Array<object>(3).fill(failed('anodot: refused without a reason'))],
    [
      'nulls',
      [{ index: '1', error: null, description: null }],
      [OK, { ...REFUSED, why: 'anodot: refused without a reason' }, OK],
    ],
    [
      'one for the moment',
      [{ index: '1', error: '2003', description: 'Metrics per seconds limit reached' }],
      [OK, resend('anodot: 2003 Metrics per seconds limit reached'), OK],
    ],
    [
      'all for the moment',
      [{ error: '2003', description: 'Metrics per seconds limit reached' }],
      Array<object>(3).fill(resend('anodot: 2003 Metrics per seconds limit reached')),
    ],
    [
      'one for good, the rest for the moment: some of it may be stored',
      [
        { index: '1', error: '2028', description: 'n' },
        { error: '1004', description: 'r' },
      ],
      [MAYBE, { ...REFUSED, why: 'anodot: 2028 n' }, MAYBE],
    ],
    [
      'control characters and half characters',
      [{ index: '0', error: '2010', description: 'a\n\u0000b\uD83D' }],
      [{ ...REFUSED, why: 'anodot: 2010 a b\uFFFD' }, OK, OK],
    ],
    [
      'long words',
      [{ index: '0', error: '2010', description: 'x'.repeat(300) }],
      [{ ...REFUSED, why: `anodot: 2010 ${'x'.repeat(195)}` }, OK, OK],
    ],
  ];
  it('one for good, the rest for the moment, as gauges: the rest is sent again', async () => {
    mock(
      { method: 'POST', url: URL_, query: QUERY },
      {
        body: {
          errors: [
            { index: '1', error: '2028', description: 'n' },
            { error: '1004', description: 'r' },
          ],
        },
      },
    );
    const sink = create(depsOf(), { ANODOT_EVENTS_AS: 'gauge' });
    assert.deepEqual(await sink.send(sink.encode(reportOf()).slice(0, 3), scopeOf()), [
      resend('anodot: 1004 r'),
      { ...REFUSED, why: 'anodot: 2028 n' },
      resend('anodot: 1004 r'),
    ]);
  });

  for (const [name, errors, expected] of table) {
    it(`${name}`, async () => {
      mock({ method: 'POST', url: URL_, query: QUERY }, { body: { errors } });
      const sink = create(depsOf());
      assert.deepEqual(await sink.send(sink.encode(reportOf()).slice(0, 3), scopeOf()), expected);
    });
  }

  for (const [code, isForNow] of [
    ['1001', false],
    ['1002', true],
    ['1004', true],
    ['1005', false],
    ['1006', false],
    ['1007', false],
    ['2001', false],
    ['2002', true],
    ['2003', true],
    ['2022', false],
    ['2029', false],
  ] as const) {
    it(`code ${code} is ${isForNow ? '' : 'not '}sent again`, async () => {
      for (const error of [code, Number(code)]) {
        mock(
          { method: 'POST', url: URL_, query: QUERY },
          { body: { errors: [{ index: '0', error, description: 'd' }] } },
        );
        const sink = create(depsOf());
        const [first, second] = await sink.send(sink.encode(reportOf()).slice(0, 2), scopeOf());
        assert.deepEqual(
          [first, second],
          [isForNow ? resend(`anodot: ${code} d`) : { status: 'refused', why: `anodot: ${code} d` }, OK],
        );
      }
    });
  }

  for (const [name, errors] of [
    ['errors that are no list', 'none'],
    ['an entry that is a number', [7]],
    ['a position that is a list', [{ index: [0] }]],
  ] as const) {
    it(`${name}: not documented, so uncertain`, async () => {
      mock({ method: 'POST', url: URL_, query: QUERY }, { body: { errors } });
      const sink = create(depsOf());
      assert.deepEqual(
        (await sink.send(sink.encode(reportOf()).slice(0, 2), scopeOf())).map(({ status }) => status),
        ['uncertain', 'uncertain'],
      );
    });
  }
});
