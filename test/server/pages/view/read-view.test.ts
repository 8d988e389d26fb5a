import assert from 'node:assert/strict';
import { addressOf, keptOf } from '../../../../src/server/pages/view/address.ts';
import { readView } from '../../../../src/server/pages/view/read-view.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 7, 30);
const read = (query: string): ReturnType<typeof readView> => readView(new URLSearchParams(query), NOW);

describe('what an address asks for', () => {
  it('is read, and written again, the same', () => {
    const query = 'range=7d&at=2026-11-19T10%3A05%3A00.000Z&sort=now&q=a+b%26c&scale=shared&open=crm&open=&shut=x+y';
    const { view, faults } = read(query);
    assert.deepEqual(faults, []);
    assert.equal(addressOf('/filters', view), `/filters?${query}`);
    assert.deepEqual(keptOf(view), { range: '7d', at: Date.UTC(2026, 10, 19, 10, 5) });
    assert.deepEqual(keptOf({ q: 'x' }), {});
  });

  it('may be an instant as a field of a form says it: without a zone it is UTC', () => {
    for (const text of ['2026-11-19T10:07', '2026-11-19T10:07:30', '2026-11-19T10:05:00Z', '2026-11-19T11:06+01:00'])
      assert.equal(read(`at=${encodeURIComponent(text)}`).view.at, Date.UTC(2026, 10, 19, 10, 5), text);
    for (const text of ['2026-11-31T10:07', '2026-11-20T10:10', 'yesterday', '2026-11-19', '10:07'])
      assert.deepEqual([read(`at=${text}`).view, read(`at=${text}`).faults.length], [{}, 1], text);
  });

  it('says what an instant may be', () =>
    assert.deepEqual(read('at=1999-12-31T10:00').faults, [
      'at is not taken: it is an instant with a zone, such as 2026-11-20T10:05:00.000Z, not in the future and less than ten years ago.',
    ]));

  it('that cannot be had is left out and told, without what it was', () => {
    const { view, faults } = read(`range=2h&sort=%3Cb%3E&scale=x&q=${'y'.repeat(201)}`);
    assert.deepEqual(view, {});
    assert.deepEqual(faults, [
      'range is not taken: it is one of 1h, 12h, 24h, 7d, 30d.',
      'sort is not taken: it is one of trouble, name, now, usual, peak.',
      'q is not taken: it is a text of at most 200 characters.',
      'scale is not taken: it is shared, or nothing.',
    ]);
  });

  it('may name no more teams than a file has, and says so', () => {
    const many = Array.from({ length: 501 }, (_, n) => `open=t${n}`).join('&');
    assert.deepEqual([read(many).view.open?.length, read(many.replace('open=t500', 'open=t1')).faults], [500, []]);
    assert.deepEqual(read(many).faults, ['open is not taken as a whole: at most 500 names of 200 characters.']);
    const long = read(`shut=crm&shut=${'y'.repeat(201)}`);
    assert.deepEqual(long.view, { shut: ['crm'] });
    assert.deepEqual(long.faults, ['shut is not taken as a whole: at most 500 names of 200 characters.']);
  });
});
