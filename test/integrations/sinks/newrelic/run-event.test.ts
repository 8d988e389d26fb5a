import assert from 'node:assert/strict';
import type { RunSummary } from '../../../../src/core/model/results.ts';
import { runEvent } from '../../../../src/integrations/sinks/newrelic/run-event.ts';
import { newrelic } from '../../../../src/integrations/sinks/newrelic/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { end } from '../../../support/build/listeners.ts';
import { START, WINDOW } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const URL_ = 'https://insights-collector.newrelic.com/v1/accounts/1/events';
const SUMMARY: RunSummary = {
  outcome: 'partial',
  runId: 'run-1',
  window: WINDOW,
  durationMs: 640,
  filters: 3,
  failed: 1,
  incomplete: 2,
  faults: 4,
  sourceRequests: 9,
  corrections: 5,
  sinks: ['newrelic', 'anodot'],
  behind: 4,
  alertsFiring: 7,
  messagesFailed: 2,
  clockSkewMs: -12,
  server: 'host-1',
  version: '1.2.3',
};
const BODY = {
  eventType: 'SentryMonitorRun',
  outcome: 'partial',
  durationMs: 640,
  filters: 3,
  failed: 1,
  incomplete: 2,
  faults: 4,
  sentryRequests: 9,
  corrections: 5,
  sinks: 'newrelic,anodot',
  behind: 4,
  alertsFiring: 7,
  messagesFailed: 2,
  clockSkewMs: -12,
  server: 'host-1',
  version: '1.2.3',
  windowStart: START,
};
const sink = newrelic
  .read({ NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'k-0123456789' })
  .create(depsOf(), 'newrelic').part;

describe('the run event', () => {
  it('is one event, stamped on arrival, and its reference is logged', async () => {
    mock({ method: 'POST', url: URL_, body: [BODY] }, { body: { success: true, uuid: 'u-1' } });
    const scope = scopeOf();
    await end(runEvent(sink), SUMMARY, scope);
    assert.deepEqual(
      scope.log.lines.filter(({ level }) => level !== 'debug'),
      [{ level: 'info', text: 'run event sent', fields: { sink: 'newrelic', ref: 'u-1' } }],
    );
  });

  it('leaves out what is not known: the clocks, what is missing, how people were told', async () => {
    const { clockSkewMs: _skew, behind: _behind, alertsFiring: _firing, messagesFailed: _failed, ...rest } = BODY;
    mock({ method: 'POST', url: URL_, body: [rest] }, { body: { success: true, uuid: 'u-1' } });
    await end(
      runEvent(sink),
      { ...SUMMARY, clockSkewMs: null, behind: null, alertsFiring: null, messagesFailed: null },
      scopeOf(),
    );
  });

  it('that was not taken is an error in the log, and nothing worse', async () => {
    mock({ method: 'POST', url: URL_ }, { status: 403 });
    const scope = scopeOf();
    await end(runEvent(sink), SUMMARY, scope);
    assert.deepEqual(
      scope.log.lines.filter(({ level }) => level !== 'debug').map(({ level, text }) => [level, text]),
      [['error', 'run event not sent']],
    );
  });
});
