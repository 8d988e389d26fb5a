import assert from 'node:assert/strict';
import { fileTicket } from '../../../../src/core/tickets/filing/file-ticket.ts';
import type { FilingDeps, NewestText } from '../../../../src/core/tickets/filing/deps.ts';
import { contentIn, filingBox, orderIn, TRACEBACK } from '../../../support/tickets/filing.ts';

/** Tickets of issues whose source is asked, and how often it was. */
function benchOf(found: NewestText | null) {
  const box = filingBox();
  let asked = 0;
  const deps: FilingDeps = {
    ...box.deps,
    newestOf: async () => {
      asked++;
      return found;
    },
  };
  const about = { title: 'KeyError', hits: [{ at: box.clock.now(), user: null, url: null }], total: 1 };
  const file = async (known: typeof box.content | null = null) =>
    fileTicket(orderIn({ about }), { ...deps, contentOf: async () => known }, box.scope);
  return { box, file, asked: () => asked };
}

describe('a ticket of an issue that its source knows best', () => {
  it('has the newest traceback and its last line as title, which are asked for once', async () => {
    const { box, file, asked } = benchOf({ text: TRACEBACK });
    assert.equal((await file()).status, 'created');
    const [made] = box.tracker.created;
    assert.equal(made!.summary, "KeyError: 'cart-17'");
    assert.ok(made!.text.some((part) => part.kind === 'code' && part.text === TRACEBACK));
    box.clock.advance(2 * 86_400_000);
    await file();
    assert.deepEqual([asked(), box.tracker.created.length], [1, 1]);
  });

  it('says why it has none', async () => {
    const { box, file } = benchOf({ lack: 'Its traceback could not be read: main: answered 503' });
    await file();
    const [made] = box.tracker.created;
    assert.equal(made!.summary, 'KeyError');
    assert.match(JSON.stringify(made!.text), /could not be read: main: answered 503/);
  });

  it('has what we keep, and asks nobody; or says nothing of what is nobody’s', async () => {
    const kept = benchOf({ text: 'of its source' });
    await kept.file(contentIn());
    assert.equal(kept.asked(), 0);
    const nobody = benchOf(null);
    assert.equal((await nobody.file()).status, 'created');
    assert.doesNotMatch(JSON.stringify(nobody.box.tracker.created), /traceback/i);
  });
});
