import assert from 'node:assert/strict';
import { endGone } from '../../../../src/core/alerts/fold/end-gone.ts';
import { type Episode, NEVER, type RuleState } from '../../../../src/core/alerts/fold/state.ts';

const WINDOW = { start: 0, end: 300_000 };
const EPISODE: Episode = {
  ...{ ref: { id: 'a' }, since: 0, from: 0, repeats: 0, told: ['crm'], known: { end: 0, value: 7, limit: 5 } },
  subject: { kind: 'filter', id: 'shop', title: 'shop' },
};

describe('rules that are gone', () => {
  it('end what people were told of, and nothing else', () => {
    const subjects = new Map([
      ['shop', { ...NEVER, episode: EPISODE }],
      ['back', NEVER],
    ]);
    const gone = new Map([['r', { sentence: 'events > 5', severity: 'warning', subjects } as unknown as RuleState]]);
    const pieces = endGone(gone, WINDOW, 'the rule was removed');
    assert.deepEqual(
      pieces.map(({ news, rule, channels, judgement }) => [news, rule.name, channels, judgement.value, judgement.why]),
      [['resolved', 'r', ['crm'], 7, 'the rule was removed']],
    );
  });
});
