import assert from 'node:assert/strict';
import { openTailBench } from './tail-bench.ts';

/** Records as Django writes them, with letters of several bytes, carets, chains and a group. */
const LOG = `ERROR 2026-11-20 10:00:01,000 log 4711 1401 Internal Server Error: /cart/
Traceback (most recent call last):
  File "/srv/acme/shop/views.py", line 12, in cart
    total = prices["größe"]
            ~~~~~~^^^^^^^^^
KeyError: 'größe'
ERROR 2026-11-20 10:00:02,000 log 4711 1401 Service Unavailable: /pay/
ERROR 2026-11-20 10:00:03,000 log 4711 1401 Internal Server Error: /pay/
Traceback (most recent call last):
  File "/srv/acme/shop/pay.py", line 7, in pay
    bank.charge(total)
ConnectionError: no line
to the bank

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/srv/acme/shop/views.py", line 30, in view
    pay()
PayError
ERROR 2026-11-20 10:00:04,000 log 4711 1401 Internal Server Error: /all/
  + Exception Group Traceback (most recent call last):
  |   File "/srv/acme/shop/all.py", line 3, in all
  | ExceptionGroup: 漢字 (1 sub-exception)
  +-+---------------- 1 ----------------
    | ValueError: a
    +------------------------------------
`;
const BYTES = { LF: Buffer.from(LOG), CRLF: Buffer.from(LOG.replaceAll('\n', '\r\n')) };

export const TITLES = [
  "KeyError: 'größe'",
  'Service Unavailable: /pay/',
  'PayError, caused by ConnectionError',
  'ExceptionGroup: 漢字 (1 sub-exception)',
];

export const LENGTHS = { LF: BYTES.LF.length, CRLF: BYTES.CRLF.length };

/** Reads the log in two parts, the first of so many bytes; says what came of both. */
export async function cutAt(at: number, ends: keyof typeof BYTES): Promise<readonly (readonly string[])[]> {
  const bench = openTailBench();
  try {
    bench.write('error.log', BYTES[ends].subarray(0, at));
    const before = await bench.look();
    assert.equal(before.stored, bench.store.events.length);
    bench.write('error.log', BYTES[ends].subarray(at));
    const after = await bench.look({ openAfterMs: 0 });
    assert.equal(before.repeats + after.repeats, 0, `cut at ${at}`);
    return bench.store.events.map(({ id, title }) => [id.split(':')[1]!, title]);
  } finally {
    bench.close();
  }
}
