import assert from 'node:assert/strict';
import type { Filter } from '../../../../src/core/model/filter.ts';
import { newrelic } from '../../../../src/integrations/sinks/newrelic/index.ts';
import { filterOf } from '../../../support/build/reports.ts';

function vet(given: Partial<Filter>): readonly string[] {
  return newrelic
    .read({ NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'k-0123456789' })
    .vet([filterOf(), filterOf({ name: 'it', ...given })])
    .map(({ filter, key, text }) => `${filter} ${key}: ${text}`);
}

describe('what New Relic cannot keep apart', () => {
  for (const tag of [
    'value',
    'type',
    'timestamp',
    'eventType',
    'project',
    'projectId',
    'filter',
    'team',
    'org',
    'revision',
    'windowStart',
    'windowEnd',
    'reportId',
    'issues',
    'users',
    'unattributed',
    'complete',
    'reason',
    'sentryIssueId',
    'shortId',
    'sentryUrl',
    'message',
    'culprit',
    'level',
    'count',
    'state',
    'expected',
    'trend',
    'score',
    'trending',
    'rank',
    'assignee',
    'firstSeen',
    'accountId',
    'appId',
    'entity.guid',
    'entity.name',
    'entity.type',
  ]) {
    it(`the tag ${tag} would hide a name of ours or theirs`, () => {
      assert.deepEqual(vet({ tags: ['ok', tag] }), [
        `it tags: the tag ${tag} would hide a field of ours in New Relic (${tag}); leave it out`,
      ]);
    });
  }

  it('a tag that becomes a reserved name is refused with both names', () => {
    assert.deepEqual(vet({ tags: ['entity.gu-id'] }), []);
    assert.deepEqual(vet({ tags: ['a-b', 'a_b'] }), [
      'it tags: the tag a_b and the tag a-b would become one in New Relic (a_b); leave one out',
    ]);
  });

  it('a tag and a label that become one are refused', () => {
    assert.deepEqual(vet({ tags: ['label.tier'], labels: { tier: '1' } }), [
      'it tags: the tag label.tier and the label tier would become one in New Relic (label.tier); leave one out',
    ]);
  });

  it('two labels that become one are refused', () => {
    assert.deepEqual(vet({ labels: { 'a-b': '1', a_b: '2' } }), [
      'it labels: the labels a-b and a_b would become one in New Relic (label.a_b); rename one',
    ]);
  });

  it('more attributes than a record takes are refused', () => {
    const labels = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, 'x']));
    assert.deepEqual(vet({ tags: ['t'], labels: labels(223) }), []);
    assert.deepEqual(vet({ tags: ['t'], labels: labels(224) }), [
      'it labels: 255 attributes with ours, New Relic takes 254; use fewer labels',
    ]);
  });

  it('ordinary tags and labels are fine', () => {
    assert.deepEqual(
      vet({ tags: ['release', 'os.name', 'my-tag', 'user'], labels: { service: 'checkout', value: 'x' } }),
      [],
    );
  });
});
