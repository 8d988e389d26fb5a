import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { type Asker, createAsker, Stopped } from '../../../src/commands/init/asker.ts';

describe('a question on a terminal', () => {
  let input: PassThrough;
  let asker: Asker;
  let shown: string;
  let stops: number;

  beforeEach(() => {
    [input, shown, stops] = [new PassThrough(), '', 0];
    const output = new PassThrough();
    output.setEncoding('utf8').on('data', (text: string) => (shown += text));
    asker = createAsker({ input, output, onStop: () => stops++ });
  });
  afterEach(() => asker.close());

  it('shows what is typed; Enter alone means what stands in brackets', async () => {
    const answer = asker.ask('Slug', 'acme');
    input.write('shop\r');
    assert.equal(await answer, 'shop');
    assert.match(shown, /Slug \[acme\]: .*s.*h.*o.*p/);
    const other = asker.ask('Slug', 'acme');
    input.write('\r');
    assert.equal(await other, 'acme');
  });

  it('for a secret shows nothing of it, also when it is corrected', async () => {
    const answer = asker.askSecret('Token');
    input.write('secrex\u007Ft-0123\r');
    assert.equal(await answer, 'secret-0123');
    assert.equal(shown, 'Token, not shown: \n');
  });

  it('keeps lines that were pasted together, and shows none that comes after its line', async () => {
    const first = asker.ask('Slug');
    input.write('acme\rsecret-0123\rweb\r');
    assert.equal(await first, 'acme');
    assert.equal(await asker.askSecret('Token'), 'secret-0123');
    assert.equal(await asker.ask('Projects'), 'web');
    assert.doesNotMatch(shown, /secret|0123/);
  });

  for (const [name, key] of [
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ] as const)
    it(`ends with ${name}, and so do the questions after it`, async () => {
      const answer = asker.ask('Slug');
      input.write(key);
      await assert.rejects(answer, Stopped);
      await assert.rejects(asker.askSecret('Token'), Stopped);
      assert.equal(stops, 1);
    });

  it('is over without anybody having stopped it when all is asked', () => {
    asker.close();
    assert.equal(stops, 0);
  });
});
