import { DAY_MS, HOUR_MS } from '../../../../src/core/model/window.ts';
import { memoryAlerts } from '../../../../src/storage/memory/alerts/index.ts';
import { alertsContract } from '../../../contract/alerting/index.ts';
import { type AlertStage, factsIn, keepFacts } from '../../../support/alerting/stage.ts';
import { createClock } from '../../../support/time/clock.ts';

const REACH = { windowsMs: 48 * HOUR_MS, daysMs: 90 * DAY_MS, messagesMs: 15 * DAY_MS };

/** A memory that reaches as far back as a ledger. */
function open(): AlertStage {
  const clock = createClock();
  const memory = memoryAlerts(clock.now, REACH);
  return {
    ...memory,
    another: () => memory,
    keep: async () => undefined,
    tidy: () => keepFacts(memory.alerts, [factsIn('crm', clock.now() + HOUR_MS)]),
    pass: clock.advance,
    now: clock.now,
  };
}

describe('the memory of alerts', () => {
  let stage: AlertStage;
  beforeEach(() => (stage = open()));
  alertsContract(() => stage);
});
