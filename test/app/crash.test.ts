import assert from 'node:assert/strict';
import { createCrash, FLUSH_MS } from '../../src/app/crash.ts';

interface Stage {
  readonly crash: (error: unknown) => void;
  /** What happened, in order. */
  readonly events: string[];
  flush(): void;
  wake(): void;
}

function stageOf({ left = 0, say = undefined as ((words: string) => void) | undefined } = {}): Stage {
  const events: string[] = [];
  const late = { flush: (): void => undefined, wake: (): void => undefined };
  const crash = createCrash({
    say: say ?? ((words) => events.push(`said ${words.split('\n')[0]!}`)),
    out: { writableLength: left, write: (_text, done) => (late.flush = done) },
    abort: () => events.push('aborted'),
    sleep: (ms) => {
      assert.equal(ms, FLUSH_MS);
      return new Promise((done) => (late.wake = done));
    },
    exit: (code) => events.push(`exit ${code}`),
  });
  return { crash, events, flush: () => late.flush(), wake: () => late.wake() };
}

describe('a crash', () => {
  it('is said and ends the process at once, before anything else runs', () => {
    const { crash, events } = stageOf();
    crash(new TypeError('no'));
    assert.deepEqual(events, ['said TypeError: no', 'exit 1']);
  });

  it('aborts all runs while the reader of the log is slow, and ends when all is written', () => {
    const { crash, events, flush } = stageOf({ left: 7 });
    crash(new Error('no'));
    assert.deepEqual(events, ['said Error: no', 'aborted']);
    flush();
    assert.deepEqual(events.slice(2), ['exit 1']);
  });

  it('ends when the reader of the log does not read at all', async () => {
    const { crash, events, wake } = stageOf({ left: 7 });
    crash(new Error('no'));
    wake();
    await Promise.resolve();
    assert.deepEqual(events, ['said Error: no', 'aborted', 'exit 1']);
  });

  it('is said once, whatever else breaks on the way', () => {
    const { crash, events } = stageOf({ left: 7 });
    crash(new Error('one'));
    crash(new Error('two'));
    assert.deepEqual(events, ['said Error: one', 'aborted']);
  });

  for (const [what, thrown, words] of [
    ['a text', 'text', 'text'],
    ['nothing', undefined, 'undefined'],
    ['a plain object', { token: 'secret' }, '[object Object]'],
    ['an error without a stack', Object.assign(new RangeError('far'), { stack: undefined }), 'RangeError: far'],
    [
      'an error whose stack is something else',
      Object.assign(new Error('odd'), { stack: { token: 'secret' } }),
      'Error: odd',
    ],
  ] as const) {
    it(`by ${what} is said too`, () => {
      const { crash, events } = stageOf();
      crash(thrown);
      assert.deepEqual(events, [`said ${words}`, 'exit 1']);
    });
  }

  it('by what cannot be said ends the process all the same', () => {
    for (const thrown of [
      Object.create(null),
      Object.defineProperty(new Error('x'), 'stack', { get: () => assert.fail('hostile') }),
    ]) {
      const { crash, events } = stageOf();
      crash(thrown);
      assert.deepEqual(events, ['exit 1']);
    }
    const { crash, events } = stageOf({ say: () => assert.fail('no log') });
    crash(new Error('x'));
    assert.deepEqual(events, ['exit 1']);
  });

  it('leaves out what an error holds besides its stack', () => {
    let said = '';
    stageOf({ say: (words) => (said = words) }).crash(
      Object.assign(new Error('no', { cause: new Error('inner') }), { config: { headers: { key: 'k3y' } } }),
    );
    assert.match(said, /^Error: no\n {4}at /);
    assert.doesNotMatch(said, /inner|k3y|config/);
  });
});
