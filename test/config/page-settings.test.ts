import assert from 'node:assert/strict';
import { tokenFaults, type Tokens } from '../../src/config/page-settings.ts';

const ANN = { name: 'ann', token: 'ann-token-0123456789' };

describe('tokens that open more than they should', () => {
  const said = (given: Tokens): readonly string[] =>
    tokenFaults(given).map(({ variable, text }) => `${variable} ${text.slice(0, 26)}`);

  for (const [what, given, faults] of [
    ['none at all', {}, []],
    [
      'each for itself',
      { tokens: ['a'], intakeTokens: ['b'], metricsTokens: ['c'], pageToken: 'd', pageUsers: [ANN] },
      [],
    ],
    [
      'an intake’s that starts runs',
      { tokens: ['a'], intakeTokens: ['a'] },
      ['INTAKE_TOKEN has a token that opens som'],
    ],
    ['an intake’s of the pages', { intakeTokens: ['a'], pageToken: 'a' }, ['INTAKE_TOKEN has a token that opens som']],
    [
      'one of metrics that starts runs',
      { tokens: ['a'], metricsTokens: ['a'] },
      ['METRICS_TOKEN is a TRIGGER_TOKEN too; us'],
    ],
    ['one of pages that starts runs', { tokens: ['a'], pageToken: 'a' }, ['PAGE_TOKEN is a TRIGGER_TOKEN too, an']],
    ['a person’s of the pages', { pageToken: ANN.token, pageUsers: [ANN] }, ['PAGE_USERS has a token that opens som']],
    [
      'people of one name',
      { pageUsers: [ANN, { name: 'Ann', token: 'x' }] },
      ['PAGE_USERS has the same name twice; g'],
    ],
    ['people of one token', { pageUsers: [ANN, { ...ANN, name: 'bob' }] }, ['PAGE_USERS has the same token twice, ']],
    ['acts of nobody', { pageActions: true }, ['PAGE_ACTIONS needs PAGE_USERS, so that ']],
    ['acts of people', { pageActions: true, pageUsers: [ANN] }, []],
  ] as const)
    it(`are found: ${what}`, () => assert.deepEqual(said(given), faults));
});
