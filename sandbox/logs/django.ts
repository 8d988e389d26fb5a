import { randomFrom, seedOf } from '../random.ts';

const MINUTE_MS = 60_000;
const FIVE_MS = 5 * MINUTE_MS;

/** What a shop's Django says again and again. */
interface Kind {
  readonly place: string;
  /** `n`: of the record: what texts of one kind differ by. */
  readonly text: (n: number) => string;
  /** Absent: it is one line. */
  readonly raised?: (n: number) => readonly string[];
  /** Records in five minutes, about. */
  readonly rate: number;
}

const REQUEST = '/srv/acme/venv/lib/python3.12/site-packages/django/utils/log.py log 241';
const HANDLER = '/srv/acme/venv/lib/python3.12/site-packages/django/core/handlers/exception.py';

const KINDS: readonly Kind[] = [
  { place: '/srv/acme/shop/carts.py carts 108', text: (n) => `cart ${n} has no customer`, rate: 3 },
  { place: '/srv/acme/shop/mail.py mail 61', text: () => 'address "größe@example.com" is no address', rate: 0.4 },
  {
    place: REQUEST,
    text: () => 'Internal Server Error: /checkout/pay/',
    raised: (n) => traceback('pay', 139, `TimeoutError: payments did not answer within ${10 + (n % 3)} s`),
    rate: 0.8,
  },
];
/** One that never happened before. */
const FRESH: Kind = {
  place: REQUEST,
  text: () => 'Internal Server Error: /stock/',
  raised: (n) => [
    ...traceback('stock_of', 44, `KeyError: 'sku-${n % 5}'`),
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    ...traceback('refill', 52, 'StockError: shelf is not known'),
  ],
  rate: 4,
};

/**
 * Records of a Django log from `start` to `end` (epoch ms), by time, each with its last line feed. The same span gives
 * the same records. `surges`: its last five to ten minutes have more of all, and one that is new.
 */
export function djangoRecords(start: number, end: number, surges: boolean): readonly string[] {
  const records: { readonly at: number; readonly text: string }[] = [];
  for (let from = Math.floor(start / FIVE_MS) * FIVE_MS; from < end; from += FIVE_MS) {
    const random = randomFrom(seedOf('django', from));
    const isLast = surges && from + 2 * FIVE_MS > end;
    for (const kind of isLast ? [...KINDS, FRESH] : KINDS) {
      const count = Math.floor(kind.rate * (isLast ? 3 : 1) * (0.5 + random()) + random());
      for (let k = 0; k < count; k++) {
        // NOTE: drawn for all, so that a part of a span has what the whole of it has.
        const [at, n] = [from + Math.floor(random() * FIVE_MS), Math.floor(random() * 9_000) + 1_000];
        if (at >= start && at < end) records.push({ at, text: recordOf(kind, at, n) });
      }
    }
  }
  return records.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

function recordOf({ place, text, raised }: Kind, at: number, n: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return [`ERROR ${time} ${place} ${text(n)}`, ...(raised?.(n) ?? []), ''].join('\n');
}

function traceback(name: string, line: number, raised: string): readonly string[] {
  return [
    'Traceback (most recent call last):',
    `  File "${HANDLER}", line 55, in inner`,
    '    response = get_response(request)',
    `  File "/srv/acme/shop/views.py", line ${line}, in ${name}`,
    `    return ${name}_of(request)`,
    raised,
  ];
}
