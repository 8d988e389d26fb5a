import assert from 'node:assert/strict';
import { scopeWords } from '../../../src/commands/mute/words.ts';
import { ruleOf } from '../../support/alerting/engine/rules.ts';
import { filterOf } from '../../support/build/reports.ts';

const KNOWN = {
  filters: [filterOf({ name: 'crm', alerts: [ruleOf('new')] }), filterOf({ name: 'ops' })],
  channels: ['ops', 'night'],
};
const FORMS = 'issue <id>, rule <name>, filter <name>, channel <name>, or all';

describe('what is muted from a terminal', () => {
  for (const [words, found] of [
    [['all'], { all: true }],
    [['filter', 'x'], { filter: 'x' }],
    [['crm'], { filter: 'crm' }],
    [['night'], { channel: 'night' }],
    [['new'], { rule: 'new' }],
    [['crm/new'], { rule: 'crm/new' }],
    [['6507376925'], { issue: '6507376925' }],
  ] as const)
    it(`is ${words.join(' ')}`, () => assert.deepEqual(scopeWords(words, KNOWN), found));

  for (const [words, message] of [
    [[], `say what is meant: ${FORMS}`],
    [['a', 'b', 'c'], `say what is meant: ${FORMS}`],
    [['all', 'x'], `"all" is nothing that can be muted; write ${FORMS}`],
    [['ops'], `ops may be a filter or a channel; write ${FORMS}`],
    [['nobody'], `nothing is named "nobody"; write ${FORMS}`],
  ] as const)
    it(`is not "${words.join(' ')}"`, () => assert.throws(() => scopeWords(words, KNOWN), { message }));
});
