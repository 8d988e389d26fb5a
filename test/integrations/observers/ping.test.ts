import assert from 'node:assert/strict';
import type { RunSummary } from '../../../src/core/model/results.ts';
import type { RunOutcome } from '../../../src/core/model/verdict.ts';
import { ping } from '../../../src/integrations/observers/ping.ts';
import { depsOf } from '../../support/build/deps.ts';
import { mock, mockAlways, type Reply } from '../../support/build/http-mock.ts';
import { end, PLAIN } from '../../support/build/listeners.ts';
import { WINDOW } from '../../support/build/reports.ts';
import { scopeOf, type TestScope } from '../../support/build/scope.ts';
import { createClock, NOW } from '../../support/time/clock.ts';
import { until } from '../../support/time/until.ts';

const CHECK = 'https://hc.example.com/5ab0d0c4-1111-4222-8333-444455556666';
const CRON = 'https://o1.ingest.example.com/api/42/cron/sentry-monitor/c0ffee00c0ffee00c0ffee00c0ffee00/';
const ID = '00000000-0000-4000-8000-000000000007';

function summary(outcome: RunOutcome, runId = ID): RunSummary {
  return {
    outcome,
    runId,
    window: WINDOW,
    durationMs: 640,
    filters: 3,
    failed: 1,
    incomplete: 2,
    faults: 4,
    sourceRequests: 9,
    sinks: [],
    behind: null,
    corrections: 0,
    clockSkewMs: null,
    server: 'host-1',
    version: '1.2.3',
  };
}

function setUp(
  address: string,
  clock = createClock(),
): {
  began(id?: string): Promise<void>;
  ended(outcome: RunOutcome, id?: string): Promise<void>;
  scope: TestScope;
  slept: readonly number[];
} {
  const scope = scopeOf({ deadline: NOW + 30_000 });
  const listener = ping(address, depsOf(clock, [address]));
  return {
    began: (id = ID) => listener.begun!(PLAIN, { ...scope, runId: id }),
    ended: (outcome, id = ID) => end(listener, summary(outcome, id), { ...scope, runId: id }),
    scope,
    slept: clock.slept,
  };
}

describe('a ping to a check', () => {
  for (const [name, end] of [
    ['ok', ''],
    ['partial', '/fail'],
    ['failed', '/fail'],
  ] as const) {
    it(`says when a run begins, and that it is ${name}: ${end === '' ? 'the address itself' : end}`, async () => {
      const { began, ended } = setUp(CHECK);
      const first = mock({ url: `${CHECK}/start`, query: [['rid', ID]] }, { body: 'OK' });
      await began();
      assert.equal(first.length, 1);
      mock({ url: CHECK + end, query: [['rid', ID]] }, { body: 'OK' });
      await ended(name);
    });
  }

  it('goes to the same place with a slash at the end of the address; its own query stays', async () => {
    const { began, ended } = setUp(`${CHECK}/?create=1`);
    mock(
      {
        url: `${CHECK}/start`,
        query: [
          ['create', '1'],
          ['rid', ID],
        ],
      },
      {},
    );
    mock(
      {
        url: CHECK,
        query: [
          ['create', '1'],
          ['rid', ID],
        ],
      },
      {},
    );
    await began();
    await ended('ok');
  });
});

describe('a check-in to Sentry Crons', () => {
  for (const [name, status] of [
    ['ok', 'ok'],
    ['partial', 'error'],
    ['failed', 'error'],
  ] as const) {
    it(`joins beginning and end by an id, and says ${status} for ${name}`, async () => {
      const { began, ended } = setUp(`${CRON}?environment=production`);
      mock(
        {
          url: CRON,
          query: [
            ['environment', 'production'],
            ['check_in_id', ID],
            ['status', 'in_progress'],
          ],
        },
        { status: 202 },
      );
      await began();
      mock(
        {
          url: CRON,
          query: [
            ['environment', 'production'],
            ['check_in_id', ID],
            ['status', status],
          ],
        },
        { status: 202 },
      );
      await ended(name);
    });
  }

  it('is known by its path alone, on a server of your own too', async () => {
    for (const address of [
      'https://sentry.example.com/api/7/cron/x/abc0123456',
      'https://example.com/sentry/api/7/cron/x/abc0123456/',
    ]) {
      mock(
        {
          url: address,
          query: [
            ['check_in_id', ID],
            ['status', 'in_progress'],
          ],
        },
        { status: 202 },
      );
      await setUp(address).began();
    }
    for (const address of [
      'https://example.com/cron/x/abc',
      'https://example.com/api/7/crontab/x/abc',
      'https://example.com/api/x/cron/a/b',
    ]) {
      mock({ url: `${address}/start`, query: [['rid', ID]] }, {});
      await setUp(address).began();
    }
  });
});

describe('a ping that is not taken', () => {
  async function fails(replies: readonly Reply[]): Promise<TestScope> {
    const { began, scope } = setUp(CHECK);
    const calls = mock({ url: `${CHECK}/start`, query: [['rid', ID]] }, ...replies);
    await began();
    assert.equal(
      calls.length,
      replies.filter((it) => it !== 'refused' && it !== 'cut').length +
        replies.filter((it) => it === 'refused' || it === 'cut').length,
    );
    return scope;
  }

  it('is tried twice and is then a line in the log, which names the setting and not its value', async () => {
    for (const [replies, said] of [
      [[{ status: 503 }, { status: 503 }], 'ping: answered 503'],
      [['refused', 'refused'], 'ping: cannot connect (ECONNREFUSED); check the URL setting and the network'],
      [['cut', { status: 404, body: `no check ${CHECK}` }], 'ping: answered 404: no check ***'],
      [
        [{ status: 302, headers: { Location: 'https://elsewhere.example.com' } }],
        'ping: answered 302, a redirect, which is not followed; check the URL setting',
      ],
      [
        [{ status: 429, headers: { 'Retry-After': '60' } }],
        "ping: answered 429; the next try was due in 60 s, after the run's deadline",
      ],
    ] as const) {
      const { log } = await fails(replies);
      assert.deepEqual(
        log.lines.filter(({ level }) => level === 'error'),
        [{ level: 'error', text: 'ping not taken; check HEARTBEAT_URL', fields: { stage: 'start', error: said } }],
      );
    }
  });

  it('once, and is taken then, is no error', async () => {
    const { log } = await fails([{ status: 500 }, { body: 'OK' }]);
    assert.deepEqual(
      log.lines.filter(({ level }) => level === 'error'),
      [],
    );
  });

  it('leaves the end to be told', async () => {
    const { began, ended, scope } = setUp(CHECK);
    mock({ url: `${CHECK}/start`, query: [['rid', ID]] }, { status: 404 });
    await began();
    mock({ url: CHECK, query: [['rid', ID]] }, { body: 'OK' });
    await ended('ok');
    assert.equal(scope.log.texts().filter((text) => text.startsWith('ping not taken')).length, 1);
  });
});

const PAGE = '<!doctype html><html><body>Sign in</body></html>';

/** Status and body of an answer, and what is then logged; null: the ping was taken. */
const ANSWERS: readonly (readonly [string, number, string, string | null])[] = [
  [CHECK, 200, 'OK', null],
  [CHECK, 200, 'OK\n', null],
  [`${CHECK}?create=1`, 201, 'Created', null],
  [CHECK, 200, 'OK (not found)', 'ping: answered 200: OK (not found)'],
  [CHECK, 200, 'OK (rate limited)', 'ping: answered 200: OK (rate limited)'],
  [CHECK, 200, 'Created', 'ping: answered 200: Created'],
  [CHECK, 201, 'OK', 'ping: answered 201: OK'],
  [CHECK, 202, 'OK', 'ping: answered 202: OK'],
  [CHECK, 200, 'ok', 'ping: answered 200: ok'],
  [CHECK, 200, '{"ok":true}', 'ping: answered 200: {"ok":true}'],
  [CHECK, 200, PAGE, 'ping: answered 200: a web page'],
  [CHECK, 200, `no check ${CHECK}`, 'ping: answered 200: no check ***'],
  [CHECK, 200, '', 'ping: answered 200'],
  [CHECK, 204, '', 'ping: answered 204'],
  [CRON, 202, '', null],
  [CRON, 202, '{}', null],
  [CRON, 200, 'OK', 'ping: answered 200: OK'],
  [CRON, 200, PAGE, 'ping: answered 200: a web page'],
  [CRON, 204, '', 'ping: answered 204'],
];

describe('an answer with a good status', () => {
  for (const [address, status, body, said] of ANSWERS) {
    const kind = address === CRON ? 'Sentry Crons' : 'a check';
    it(`${status} ${JSON.stringify(body)} of ${kind} is ${said === null ? 'a ping taken' : 'no ping taken'}`, async () => {
      const { ended, scope } = setUp(address);
      const id: readonly [string, string] = address === CRON ? ['check_in_id', ID] : ['rid', ID];
      const own = [...new URL(address).searchParams];
      const last: (readonly [string, string])[] = address === CRON ? [['status', 'ok']] : [];
      const calls = mock({ url: address.replace(/\?.*/, ''), query: [...own, id, ...last] }, { status, body });
      await ended('ok');
      assert.equal(calls.length, 1, 'it is not asked again');
      assert.deepEqual(
        scope.log.lines.filter(({ level }) => level !== 'debug'),
        said === null
          ? []
          : [
              {
                level: 'error',
                text: 'ping not taken; check HEARTBEAT_URL',
                fields: { stage: 'ok', error: `${said}; that is not the answer to a ping that counts` },
              },
            ],
      );
    });
  }
});

describe('the log of a ping', () => {
  for (const [address, asked] of [
    ['https://hc.example.com/in/k7/?n=q9', 'https://hc.example.com/in/k7/start'],
    ['https://hc.example.com/api/7/cron/m4/z8/', 'https://hc.example.com/api/7/cron/m4/z8/'],
  ] as const) {
    it(`never holds the address, however short its key is: ${address}`, async () => {
      const { began, scope } = setUp(address);
      mockAlways(asked, () => true, { status: 200, body: 'OK' });
      await began();
      assert.ok(scope.log.texts().includes('request answered'));
      assert.doesNotMatch(JSON.stringify(scope.log.lines), /k7|q9|m4|z8/);
    });
  }
});

describe('the end of a run', () => {
  it('is told after its beginning, however slow that is; other runs do not wait for it', async () => {
    const { began, ended } = setUp(CHECK);
    const asked: string[] = [];
    let answer: () => void = () => undefined;
    const slow = new Promise<void>((done) => (answer = done));
    mock(
      { url: `${CHECK}/start`, query: [['rid', ID]] },
      async () => (asked.push('start'), await slow, asked.push('started'), {}),
    );
    const other = ID.replace('7', '8');
    mock({ url: CHECK, query: [['rid', other]] }, () => (asked.push('other'), {}));
    mock({ url: CHECK, query: [['rid', ID]] }, () => (asked.push('end'), {}));
    const told = [began(), ended('ok')];
    await until('a request comes', () => asked.length === 1);
    await ended('ok', other);
    answer();
    await Promise.all(told);
    assert.deepEqual(asked, ['start', 'other', 'started', 'end']);
  });
});
