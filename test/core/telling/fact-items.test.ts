import assert from 'node:assert/strict';
import type { Item } from '../../../src/core/model/item.ts';
import { factItems, factsIn } from '../../../src/core/telling/fact-items.ts';

const WINDOW = { start: 1_795_168_800_000, end: 1_795_169_100_000 };
const HEAD = {
  filter: 'crm',
  window: WINDOW,
  revision: 0,
  complete: true,
  lacks: [],
  silent: false,
  events: 7,
  users: 3,
  usersAtLeast: false,
  spans: [],
};
const KNOWN = {
  id: '6507376925',
  project: 'crm-web',
  events: 5,
  users: 2,
  title: 'Error: payment failed',
  culprit: 'pay in checkout',
  level: 'error',
  firstSeen: 1_795_168_800_001,
  url: 'https://sentry.example.com/issues/6507376925',
  isNew: true,
  isBack: false,
  trending: true,
  score: 4.5,
  expected: 1,
  status: 'unresolved',
} as const;
const { status: _status, ...UNKNOWN } = {
  ...KNOWN,
  id: '6507376926',
  title: null,
  culprit: null,
  level: null,
  firstSeen: null,
  isNew: null,
  isBack: null,
  trending: false,
  score: null,
  expected: null,
};

describe('facts under a claim', () => {
  it('come back as they were, also what is not known of an issue', () => {
    const facts = { ...HEAD, issues: [KNOWN, UNKNOWN] };
    const kept = JSON.parse(JSON.stringify(factItems(facts))) as readonly Item[];
    assert.deepEqual(
      kept.map(({ key }) => key),
      ['facts:2', '6507376925', '6507376926'],
    );
    assert.deepEqual(factsIn(kept), facts);
  });

  it('have an issue’s values in the order that they are read by', () => {
    assert.deepEqual(factItems({ ...HEAD, issues: [KNOWN] })[1]!.body, {
      values: [
        'crm-web',
        5,
        2,
        'Error: payment failed',
        'pay in checkout',
        'error',
        1_795_168_800_001,
        'https://sentry.example.com/issues/6507376925',
        true,
        false,
        true,
        4.5,
        1,
        'unresolved',
      ],
    });
  });

  it('that the version before kept are read, those of others are not', () => {
    const before = (key: string): readonly Item[] => [
      { key, body: HEAD },
      { key: KNOWN.id, body: KNOWN },
    ];
    assert.deepEqual(factsIn(before('facts:1')), { ...HEAD, issues: [KNOWN] });
    assert.equal(factsIn(before('facts:3')), null);
    assert.equal(factsIn([]), null);
  });
});
