import assert from 'node:assert/strict';
import request from 'supertest';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { Receipt } from '../../../src/core/model/receipt.ts';
import type { ReportResult } from '../../../src/core/model/results.ts';
import { whyOf, whyOfRange } from '../../../src/server/api/why.ts';
import { stageOf } from '../../support/build/app.ts';
import { ACCEPTED, fakeSink, fakeSource } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';

const SECRET = 'key-0123456789abcdef';
const SENT = { status: 'sent', accepted: 3, refused: [], uncertain: 0, failed: 0, refs: [] } as const;

function result(given: Partial<ReportResult>): ReportResult {
  return { id: 'x', filter: filterOf(), window: WINDOW, report: null, sinks: {}, ...given };
}

function failed(error: string | undefined, given: Partial<Extract<Receipt, { accepted: number }>> = {}): Receipt {
  return { ...SENT, status: 'failed', failed: 3, error, ...given };
}

const FAULT = { message: 'sentry: answered 401: Invalid token; check SENTRY_AUTH_TOKEN', retryable: false };

describe('why a run is not wholly well', () => {
  it('is nothing for what arrived, is elsewhere, or was only shown', () => {
    const sinks: Record<string, Receipt> = {
      one: SENT,
      two: { status: 'in hand elsewhere' },
      three: { status: 'skipped', why: 'debug', items: [] },
    };
    assert.equal(whyOf({ end: null, reports: [result({ sinks })] }), '');
  });

  it('is each reason once, with how many filters have it: those of filters first, then those of sinks', () => {
    const sinks = { newrelic: failed('newrelic: answered 403: Forbidden; check the key'), anodot: SENT };
    assert.equal(
      whyOf({ end: null, reports: [result({ sinks }), result({ fault: FAULT }), result({ sinks })] }),
      'sentry: 401 Invalid token; check SENTRY_AUTH_TOKEN | newrelic: 403 Forbidden; check the key (2 filters)',
    );
  });

  it('is short: the status stands for the word that a vendor answered', () => {
    const said = (error: string): string =>
      whyOf({ end: null, reports: [1, 2].map(() => result({ sinks: { a: failed(error) } })) });
    assert.equal(said('a: answered 400'), 'a: 400 (2 filters)');
    assert.equal(said('a: answered 403; check A_KEY'), 'a: 403 check A_KEY (2 filters)');
    assert.equal(said('a: answered 302, a redirect'), 'a: 302, a redirect (2 filters)');
  });

  it('names the sink where its words do not, and a refusal by the first one', () => {
    const refused = [
      { key: 'a', why: 'anodot: 2009 bad value' },
      { key: 'b', why: 'other' },
    ];
    const sinks = {
      anodot: failed(undefined, { status: 'sent', failed: 0, refused }),
      newrelic: failed('not sent: the ledger is away'),
      third: failed(undefined),
    };
    assert.equal(
      whyOf({ end: null, reports: [result({ sinks })] }),
      'anodot: 2009 bad value | newrelic: not sent: the ledger is away | third: not wholly delivered',
    );
  });

  it('begins with what cut the run short, and says it once', () => {
    const message = "the run's deadline passed (RUN_DEADLINE_SECONDS)";
    const reports = [result({ fault: { message, retryable: true } }), result({ fault: FAULT })];
    assert.equal(
      whyOf({ end: 'deadline', reports }),
      `${message} | sentry: 401 Invalid token; check SENTRY_AUTH_TOKEN`,
    );
  });

  it('of a span is that of its windows, and what is too old', () => {
    const filled = { window: WINDOW, reports: 1, unread: 0, sinks: {}, verdict: {} as never };
    const windows = ['anodot: down', 'anodot: down', null].map((error) => ({ ...filled, error }));
    const tooOld = [{ sink: 'newrelic', reports: 12, from: 0, to: 0 }];
    assert.equal(
      whyOfRange({ windows, rest: { missing: [], stopped: 'trouble' }, tooOld }),
      'stopped after trouble in three windows in a row | anodot: down (2 windows) | ' +
        'newrelic: 12 reports are too old for it',
    );
    assert.equal(whyOfRange({ windows: [], rest: { missing: [], stopped: null }, tooOld: [] }), '');
  });
});

describe('the header of a reason', () => {
  const outcome = (message: string): Outcome => ({ status: 'failed', fault: { message, retryable: true } });

  it('is on an answer of 502, masked, on one line, and not in the way of its body', async () => {
    const refused = outcome(`one: answered 403: no\r\nX-Evil: 1 ${SECRET}…`);
    const { app } = stageOf(fakeSource(), [fakeSink({ answer: (items) => items.map(() => refused) })], {
      secrets: [SECRET],
    });
    const response = await request(app.express).post('/run').expect(502);
    assert.deepEqual(
      [response.headers['sentry-monitor-why'], response.headers['x-evil'], response.body.status],
      ['one: 403 no X-Evil: 1 ***... (2 filters)', undefined, 'failed'],
    );
  });

  it('is on a 503 where no filter could be read', async () => {
    const { app } = stageOf(
      fakeSource(() => ({ fault: FAULT })),
      [fakeSink()],
    );
    await request(app.express)
      .post('/run')
      .expect(503)
      .expect('Sentry-Monitor-Why', 'sentry: 401 Invalid token; check SENTRY_AUTH_TOKEN (2 filters)');
  });

  it('names a filters file that is not in force: alone on a 200, behind the reasons of the run on a 502', async () => {
    const faults = [
      { where: 'filters/crm.yaml:12', text: `projects: ${SECRET} is no project` },
      { where: 'filters/web.yaml', text: 'does not exist' },
    ];
    const said = async (outcome: Outcome, path = '/run'): Promise<string | undefined> => {
      const sink = fakeSink({ answer: (items) => items.map(() => outcome) });
      const { app } = stageOf(fakeSource(), [sink], { secrets: [SECRET], faults });
      const { headers } = await request(app.express).post(path);
      return headers['sentry-monitor-why'];
    };
    const files = 'filters/crm.yaml:12: projects: *** is no project | filters/web.yaml: does not exist';
    assert.equal(await said(ACCEPTED), files);
    assert.equal(await said(ACCEPTED, '/run?debug=true'), files);
    assert.equal(await said(outcome('one: answered 500')), `one: 500 (2 filters) | ${files}`);
  });

  it('is on no answer of 200 else', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink({ answer: (items) => items.map(() => ACCEPTED) })]);
    for (const path of ['/run', '/run?debug=true']) {
      const { headers } = await request(app.express).post(path).expect(200);
      assert.equal(headers['sentry-monitor-why'], undefined, path);
    }
  });
});
