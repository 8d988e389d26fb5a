import assert from 'node:assert/strict';
import type { IssueRow } from '../../../../../src/storage/database/alert-tables.ts';
import { isNews, type Said } from '../../../../../src/storage/ledger/alerts/learning/said.ts';

const DAY = 86_400_000;
const KNOWN: IssueRow = {
  filter: 'crm',
  issue: '7',
  first_seen: 500,
  seen_at: 1_000,
  project: 'web',
  title: 'It broke',
  culprit: null,
  level: 'error',
  url: 'https://sentry.example.com/issues/7/',
  status: null,
  back_at: 900,
};
const SAME: Said = { ...KNOWN, project: 'web', url: 'https://sentry.example.com/issues/7/' };
const LATER: Said = { ...SAME, seen_at: 2_000 };
const EARLIER: Said = { ...SAME, seen_at: 800 };

describe('what a window says of an issue that is known', () => {
  for (const [what, said] of [
    ['the same', SAME],
    ['the same later on that day', { ...SAME, seen_at: 1_000 + DAY - 1 }],
    ['less', { ...LATER, title: null, level: null, first_seen: null, back_at: null }],
    ['that it was back before', { ...LATER, back_at: 900 }],
    ['another title, by an older window', { ...EARLIER, title: 'It was whole' }],
    ['another project, by an older window', { ...EARLIER, project: 'api', url: 'https://sentry.example.com/' }],
    ['a later first event', { ...LATER, first_seen: 501 }],
  ] as const)
    it(`is nothing new: ${what}`, () => assert.equal(isNews(said, KNOWN), false));

  for (const [what, said] of [
    ['another day', { ...SAME, seen_at: 1_000 + DAY }],
    ['an earlier first event', { ...EARLIER, first_seen: 499 }],
    ['that it is back again', { ...LATER, back_at: 901 }],
    ['another title', { ...LATER, title: 'It is whole' }],
    ['another project', { ...LATER, project: 'api' }],
    ['another address', { ...LATER, url: 'https://sentry.example.com/' }],
    ['what somebody made of it', { ...LATER, status: 'archived' }],
    ['where it was raised, by an older window', { ...EARLIER, culprit: 'pay' }],
  ] as const)
    it(`is news: ${what}`, () => assert.equal(isNews(said, KNOWN), true));

  it('is news of an issue that nobody knew, and of a first event that nobody knew', () => {
    assert.equal(isNews(SAME, undefined), true);
    assert.equal(isNews(SAME, { ...KNOWN, first_seen: null }), true);
  });
});
