import assert from 'node:assert/strict';
import { makeAhead } from '../../../src/server/pages/ahead.ts';

const HOUR = 3_600_000;

describe('pages that are made ahead', () => {
  let now = 0;
  let made: string[] = [];
  beforeEach(() => ([now, made] = [1_000_000, []]));
  const start = () => {
    const ahead = makeAhead({ now: () => now });
    const look = (key: string): void => ahead.looked(key, async () => void made.push(key));
    return { ...ahead, look };
  };

  it('are those that were looked at within an hour', async () => {
    const { look, news } = start();
    await news();
    assert.deepEqual(made, [], 'nobody looked');
    look('/');
    now += HOUR - 1;
    look('/filters');
    await news();
    assert.deepEqual(made, ['/', '/filters']);
    now += 1;
    await news();
    assert.deepEqual(made.splice(0), ['/', '/filters', '/filters']);
    now += HOUR;
    await news();
    assert.deepEqual(made, [], 'what nobody looks at costs nothing');
  });

  it('are six at most, those that were looked at last', async () => {
    const { look, news } = start();
    for (let n = 0; n < 7; n++) look(`/?q=${n}`);
    look('/?q=1');
    await news();
    assert.deepEqual(made, ['/?q=2', '/?q=3', '/?q=4', '/?q=5', '/?q=6', '/?q=1']);
  });

  it('are made one after the other, and once more when there was news meanwhile', async () => {
    const { looked, news } = makeAhead({ now: () => now });
    let go = (): void => undefined;
    const make = async (key: string): Promise<void> => {
      made.push(`${key} begins`);
      await new Promise<void>((done) => (go = done));
      made.push(`${key} is there`);
    };
    looked('a', async () => make('a'));
    looked('b', async () => make('b'));
    const first = news();
    await Promise.all([news(), news()]);
    assert.deepEqual(made, ['a begins']);
    for (let n = 0; n < 4; n++) {
      go();
      await new Promise(setImmediate);
    }
    await first;
    const once = ['a begins', 'a is there', 'b begins', 'b is there'];
    assert.deepEqual(made, [...once, ...once]);
  });

  it('cannot fail: the next look tells what is wrong', async () => {
    const { looked, look, news } = start();
    looked('/', () => Promise.reject(new Error('away')));
    look('/filters');
    await news();
    await news();
    assert.deepEqual(made, ['/filters', '/filters']);
  });
});
