import assert from 'node:assert/strict';
import type { Answer, Ask } from '../../../src/core/model/reading.ts';
import { filterOf, readingOf, WINDOW } from '../../support/build/reports.ts';
import { counted } from '../../support/pages/prometheus-text.ts';
import { metricsOf } from './metrics-page.ts';

describe('what is read', () => {
  const asks = ['a', 'b', 'c', 'd'].map((name): Ask => ({ filter: filterOf({ name }), window: WINDOW, want: 'full' }));
  const answers: readonly Answer[] = [
    {
      ask: asks[0]!,
      reading: readingOf({
        gaps: [
          { part: 'issues', reason: 'row_limit' },
          { part: 'totals', reason: 'project_forbidden', project: 'x' },
          { part: 'splits', reason: 'row_limit' },
        ],
      }),
    },
    { ask: asks[1]!, reading: readingOf({}) },
    { ask: asks[2]!, fault: { message: 'down', retryable: true } },
  ];
  it('is counted by its gaps, an ask without an answer as one', async () => {
    const metrics = await metricsOf();
    for (const answer of answers) metrics.listener.read!(answer);
    assert.deepEqual(counted(await metrics.text()), {
      'gaps_total{reason="row_limit"}': 2,
      'gaps_total{reason="project_forbidden"}': 1,
      'gaps_total{reason="not_answered"}': 1,
    });
  });
});
