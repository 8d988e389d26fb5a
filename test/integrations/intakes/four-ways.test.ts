import assert from 'node:assert/strict';
import { byPath, inHalves, queuedThrice, rotated, type Written } from '../../support/intakes/four-ways.ts';

/** A record; with an exception those of its type and place are one issue, however deep its calls were. */
function recordOf(n: number, site: string, raised?: string): Written {
  const at = new Date(Date.UTC(2026, 10, 20, 9, 0, Math.floor(n / 3))).toISOString().slice(0, 19).replace('T', ' ');
  const head = `ERROR ${at} ${site}: order ${n * 37} of ${site === 'shop.cart' ? 'Ärger' : '<--'} failed\n`;
  if (raised === undefined) return { text: head, issue: site };
  const calls = Array.from(
    { length: 2 + (n % 3) },
    (_, k) => `  File "/usr/lib/python3/site-packages/django/h${k}.py", line ${n}, in inner\n    return get(request)\n`,
  );
  const own = '  File "/srv/acme/views.py", line 7, in post\n    raise it\n';
  const text = `${head}Traceback (most recent call last):\n${calls.join('')}${own}${raised}: ${n}\n`;
  return { text, issue: raised };
}

/** By turns, so that neighbours are of different issues, and of one second. */
const RECORDS = Array.from({ length: 60 }, (_, n): Written => {
  if (n % 3 === 0) return recordOf(n, 'shop.cart');
  if (n % 5 === 0) return recordOf(n, 'shop.views', 'ValueError');
  return n % 2 === 0 ? recordOf(n, 'shop.views', 'KeyError') : recordOf(n, 'shop.mail');
});
/** Of 60: every third; of the others every fifth, and then the even ones and the odd ones. */
const COUNTS = [20, 16, 16, 8];

describe('one log, read in four ways', () => {
  it('by its path has each record once', async () => assert.deepEqual(await byPath(RECORDS), COUNTS));
  it('in two halves, cut within a record, too', async () => assert.deepEqual(await inHalves(RECORDS), COUNTS));
  it('rotated while nobody looked, too', async () => assert.deepEqual(await rotated(RECORDS), COUNTS));
  it('out of a queue that has each thrice, too', async () => assert.deepEqual(await queuedThrice(RECORDS), COUNTS));
});
