import assert from 'node:assert/strict';
import { learned } from '../../../src/storage/alerts/learned.ts';
import { issueIn } from '../../support/alerting/stage.ts';

const NOTHING = { events: 0, users: 0, isNew: null, isBack: null, trending: false, score: null, expected: null };

describe('what is known of an issue', () => {
  const old = issueIn('1', 5, {
    title: 'old',
    culprit: 'old()',
    project: 'crm-web',
    firstSeen: 20,
    url: 'https://old/',
  });
  const fresh = issueIn('1', 9, {
    title: 'new',
    culprit: null,
    project: 'crm-api',
    firstSeen: 10,
    url: 'https://new/',
  });

  it('is the newest that was said, the earliest first event, and the counts of no window', () => {
    const expected = { ...old, ...NOTHING, title: 'new', project: 'crm-api', firstSeen: 10, url: 'https://new/' };
    assert.deepEqual(learned(learned(null, old, true), fresh, true), expected);
    assert.deepEqual(learned(learned(null, fresh, true), old, false), expected);
  });

  it('is forgotten by nothing that is not known', () => {
    const unknown = issueIn('1', 1, { title: null, culprit: null, level: null, firstSeen: null });
    assert.deepEqual(learned(learned(null, old, true), unknown, true), { ...old, ...NOTHING, url: unknown.url });
  });
});
