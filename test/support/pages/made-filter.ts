import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FilterData, Mark, Slot } from '../../../src/server/pages/data/model.ts';
import { NO_DETAIL } from '../../../src/server/pages/data/model.ts';
import { filterPage, type FilterPage } from '../../../src/server/pages/filter/page.ts';
import { SCRIPT } from '../../../src/server/pages/script/index.ts';
import { STYLE } from '../../../src/server/pages/style/index.ts';
import { START } from '../build/reports.ts';
import { filterDataOf, pageDataOf } from './page-data.ts';

/** Of the first window of a made page, epoch ms: a Friday, ten o'clock. */
export const FROM = START;
const FIVE = 300_000;

export interface Made {
  readonly windows: readonly (Slot | null)[];
  readonly before?: readonly (Slot | null)[];
  readonly marks?: readonly Mark[];
  readonly step?: number;
  readonly filter?: Partial<FilterData>;
  readonly page?: Partial<FilterPage>;
}

/** Counts as slots, the first at `FROM`; null: not counted. */
export function slotsOf(counts: readonly (number | null)[], step = FIVE): readonly (Slot | null)[] {
  return counts.map((events, n) =>
    events === null ? null : { start: FROM + n * step, events, complete: true, revision: 0 },
  );
}

/** All that a filter's page needs, of a filter `shop`. */
export function madePage({ windows, before = [], marks = [], step = FIVE, filter, page }: Made): FilterPage {
  const end = FROM + windows.length * step;
  const searchUrl: FilterData['searchUrl'] = (span) =>
    `https://sentry.example.com/search?start=${span.start}&end=${span.end}`;
  const made = filterDataOf('shop', { windows, before, searchUrl, ...filter });
  const data = pageDataOf({ now: end + FIVE / 2, span: { start: FROM, end }, step, marks, filters: [made] });
  return { data, filter: made, detail: NO_DETAIL, details: new Map(), view: {}, ...page };
}

/** Serves the page as it is now, under the policy of the service. */
export async function serveMade(page: () => FilterPage): Promise<{ readonly url: string; close(): Promise<void> }> {
  const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'";
  const files: Readonly<Record<string, readonly [string, () => string]>> = {
    '/filters/shop': ['text/html; charset=utf-8', () => filterPage(page())],
    '/page.css': ['text/css', () => STYLE],
    '/page.js': ['text/javascript', () => SCRIPT],
  };
  const server: Server = createServer((request, response) => {
    const [type, text] = files[request.url!] ?? ['image/svg+xml', () => '<svg xmlns="http://www.w3.org/2000/svg"/>'];
    response
      .writeHead(200, { 'content-type': type, 'content-security-policy': policy, connection: 'close' })
      .end(text());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/filters/shop`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
