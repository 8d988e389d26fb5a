import assert from 'node:assert/strict';
import { patternList } from '../../../../src/integrations/vendors/logs/pattern-list.ts';
import { planOf } from '../../../../src/integrations/vendors/logs/plan.ts';
import { LOG_SETTINGS } from '../../../support/logs/settings.ts';

const read = (text: string): readonly string[] => patternList(text, (part) => `'${part}'`);

describe('the plan of an intake of logs', () => {
  it('splits patterns at commas that are none of theirs', () => {
    assert.deepEqual(read(String.raw`User \w+ not found, id \d{1,3}, (a,b), [,;] x, \(a`), [
      ...[String.raw`User \w+ not found`, String.raw`id \d{1,3}`, '(a,b)', '[,;] x', String.raw`\(a`],
    ]);
    assert.throws(() => read('a,,b'), /has an empty pattern/);
    assert.throws(() => read('a'.repeat(501)), /has a pattern of 501 letters; at most 500/);
    assert.throws(() => read(Array.from({ length: 51 }, (_, n) => `p${n}`).join(',')), /has 51 patterns; at most 50/);
  });

  it('has the patterns of its keys', () => {
    const patterns = { merge: ['a'], keep: ['b'], enrich: ['(?P<user>c)'], scrub: ['d'] };
    const { rules, reader, assembly } = planOf('python', { ...LOG_SETTINGS, ...patterns, lookBack: 7, context: 2 });
    const all = [...rules.grouping.merge, ...rules.grouping.keep, ...rules.enrich, ...rules.scrub];
    assert.deepEqual(
      all.map(({ source }) => source),
      ['a', 'b', '(?P<user>c)', 'd'],
    );
    assert.deepEqual([rules.level, rules.exceptions, reader.format], ['error', 'any', 'python']);
    assert.deepEqual([assembly!.context, assembly!.lookBack], [2, 7]);
  });

  it('names the key of a pattern that is none, and needs one for the format of that name', () => {
    assert.throws(
      () => planOf('django', { ...LOG_SETTINGS, merge: ['(a'] }),
      /^UpstreamError: merge: .*syntax of RE2$/,
    );
    assert.throws(() => planOf('pattern', LOG_SETTINGS), /the format `pattern` needs a pattern/);
    assert.equal(
      planOf('pattern', LOG_SETTINGS, { pattern: '^(?P<level>\\w+) (?P<message>.*)$' }).reader.format,
      'pattern',
    );
  });

  it('takes only exceptions that are asked for', () => {
    assert.deepEqual(planOf('django', { ...LOG_SETTINGS, exceptions: ['KeyError'] }).rules.exceptions, ['KeyError']);
    assert.equal(planOf('django', { ...LOG_SETTINGS, exceptions: ['any'] }).rules.exceptions, 'any');
  });
});
