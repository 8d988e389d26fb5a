import assert from 'node:assert/strict';
import { mock, type Reply } from '../../../support/build/http-mock.ts';
import { type TestScope } from '../../../support/build/scope.ts';
import { until } from '../../../support/time/until.ts';
import { CHECK, CRON, ID, setUp } from './switch.ts';

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

describe('channels that reach nobody', () => {
  const unheard = ['crm', 'night'];

  it('stand in the body of the end at a check, whatever the run came to, and fail nothing', async () => {
    const text = { 'content-type': 'text/plain; charset=utf-8' };
    for (const [outcome, end] of [
      ['ok', ''],
      ['failed', '/fail'],
    ] as const) {
      const { ended } = setUp(CHECK);
      const calls = mock({ method: 'POST', url: CHECK + end, query: [['rid', ID]], headers: text }, { body: 'OK' });
      await ended(outcome, ID, { unheard });
      assert.deepEqual(
        calls.map((call) => call.text),
        ['unheard: crm, night'],
      );
    }
  });

  it('are not told to Sentry Crons, which keep no text, and nothing is said where there are none', async () => {
    const query = [
      ['check_in_id', ID],
      ['status', 'ok'],
    ] as const;
    const crons = mock({ url: CRON, query }, { status: 202 });
    await setUp(CRON).ended('ok', ID, { unheard });
    const check = mock({ url: CHECK, query: [['rid', ID]] }, { body: 'OK' });
    await setUp(CHECK).ended('ok', ID, { unheard: [] });
    assert.deepEqual(
      [...crons, ...check].map(({ text }) => text),
      ['', ''],
    );
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
      [[{ status: 503 }, { status: 503 }], 'dead-mans-switch: answered 503'],
      [['refused', 'refused'], 'dead-mans-switch: cannot connect (ECONNREFUSED); check HEARTBEAT_URL and the network'],
      [['cut', { status: 404, body: `no check ${CHECK}` }], 'dead-mans-switch: answered 404: no check ***'],
      [
        [{ status: 302, headers: { Location: 'https://elsewhere.example.com' } }],
        'dead-mans-switch: answered 302, a redirect, which is not followed; check HEARTBEAT_URL',
      ],
      [
        [{ status: 429, headers: { 'Retry-After': '60' } }],
        "dead-mans-switch: answered 429; the next try was due in 60 s, after the run's deadline",
      ],
    ] as const) {
      const { log } = await fails(replies);
      assert.deepEqual(
        log.lines.filter(({ level }) => level === 'error'),
        [
          {
            level: 'error',
            text: "dead man's switch not told; check HEARTBEAT_URL",
            fields: { stage: 'start', error: said },
          },
        ],
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
    assert.equal(scope.log.texts().filter((text) => text.startsWith("dead man's switch not told")).length, 1);
  });
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
