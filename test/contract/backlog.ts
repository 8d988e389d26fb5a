import assert from 'node:assert/strict';
import type { Missing } from '../../src/core/model/aftermath.ts';
import type { ClaimKey } from '../../src/core/model/receipt.ts';
import type { Backlog } from '../../src/core/ports/backlog.ts';
import type { Claims } from '../../src/core/ports/claims.ts';
import { settlement } from '../support/ledger/claims-bench.ts';

export interface BacklogSubject {
  /** A ledger that remembers nothing yet. */
  create(): {
    readonly claims: Claims;
    readonly backlog: Pick<Backlog, 'missing'>;
    keep(key: ClaimKey): Promise<void>;
    pass(ms: number): void | Promise<void>;
  };
}

const FIVE_MS = 300_000;
const LEASE = 60_000;
/** 2026-11-20T10:00Z */
const START = 1_795_168_800_000;
const CRM = { filter: 'crm', sink: 'newrelic' };

function at(window: number): number {
  return START + window * FIVE_MS;
}

function keyOf(
  window: number,
  { filter, sink }: { readonly filter: string; readonly sink: string } = CRM,
  revision = 0,
): ClaimKey {
  return { reportId: `${filter}@${new Date(at(window)).toISOString()}`, revision, sink };
}

function short(found: readonly Missing[] | null): readonly string[] | undefined {
  return found?.map(
    ({ filter, sink, start, held, kept }) =>
      `${filter} ${sink} ${(start - START) / FIVE_MS}${held ? ' held' : ''}${kept ? ' kept' : ''}`,
  );
}

/** What every shared ledger must know of windows that were not delivered. */
export function backlogContract({ create }: BacklogSubject): void {
  describe('keeps the contract of the backlog', () => {
    let stage: ReturnType<BacklogSubject['create']>;
    beforeEach(() => (stage = create()));

    const take = async (...keys: ClaimKey[]): Promise<string> => {
      const [claimed] = await stage.claims.claim(keys, LEASE);
      return claimed?.status === 'ours' ? claimed.token : assert.fail(claimed?.status);
    };
    const finish = async (key: ClaimKey, done = true): Promise<void> =>
      void (await stage.claims.settle([settlement({ key, token: await take(key) }, { done })]));

    it('has nothing of a route that was never recorded: a new filter, a new sink, a new name', async () => {
      await finish(keyOf(0));
      const news = [
        { filter: 'new', sink: 'newrelic' },
        { filter: 'crm', sink: 'anodot' },
        { filter: 'crm2', sink: 'newrelic' },
      ];
      assert.deepEqual(await stage.backlog.missing(news, at(0), at(9), 'recorded'), []);
    });

    it('has every window of the grid from the first recorded one on, but for those that are done', async () => {
      for (const window of [2, 3, 6]) await finish(keyOf(window));
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(8), 'recorded')), [
        'crm newrelic 4',
        'crm newrelic 5',
        'crm newrelic 7',
      ]);
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(5), at(7), 'recorded')), ['crm newrelic 5']);
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(2), at(4), 'recorded')), []);
      assert.deepEqual(await stage.backlog.missing([CRM], at(4), at(4), 'recorded'), []);
    });

    it('has those before the first recorded one for whoever asks for all', async () => {
      await finish(keyOf(2));
      assert.deepEqual(
        short(await stage.backlog.missing([CRM, { filter: 'new', sink: 'anodot' }], at(1), at(4), 'all')),
        ['crm newrelic 1', 'new anodot 1', 'new anodot 2', 'crm newrelic 3', 'new anodot 3'],
      );
    });

    it('takes an old window that was posted by hand, after the first one, for no beginning', async () => {
      await finish(keyOf(4));
      await stage.pass(1000);
      await finish(keyOf(1));
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(7), 'recorded')), [
        'crm newrelic 5',
        'crm newrelic 6',
      ]);
      assert.deepEqual(
        short(await stage.backlog.missing([CRM], at(0), at(4), 'recorded')),
        [],
        'the run over the first one is posted again',
      );
      assert.deepEqual(
        short(await stage.backlog.missing([CRM], at(2), at(7), 'recorded')),
        ['crm newrelic 5', 'crm newrelic 6'],
        'it is out of reach',
      );
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(6), 'all')), [
        'crm newrelic 0',
        'crm newrelic 2',
        'crm newrelic 3',
        'crm newrelic 5',
      ]);
      await stage.pass(1000);
      await finish(keyOf(6), false);
      assert.deepEqual(
        short(await stage.backlog.missing([CRM], at(5), at(7), 'recorded')),
        ['crm newrelic 5', 'crm newrelic 6'],
        'what is recorded goes on from before',
      );
    });

    it('a window that was only tried counts as recorded, and is missing; so is one whose delivery was not whole', async () => {
      await finish(keyOf(1), false);
      await finish(keyOf(3), false);
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(4), 'recorded')), [
        'crm newrelic 1',
        'crm newrelic 2',
        'crm newrelic 3',
      ]);
    });

    it('says which of them somebody has in hand, as long as the lease runs', async () => {
      await take(keyOf(0));
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(2), 'recorded')), [
        'crm newrelic 0 held',
        'crm newrelic 1',
      ]);
      await stage.pass(LEASE);
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(2), 'recorded')), [
        'crm newrelic 0',
        'crm newrelic 1',
      ]);
    });

    it('says of which the items are kept', async () => {
      await stage.keep(keyOf(0));
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(2), 'recorded')), [
        'crm newrelic 0 kept',
        'crm newrelic 1',
      ]);
    });

    it('keeps filters and sinks apart, the oldest window first', async () => {
      const routes = [CRM, { filter: 'crm', sink: 'anodot' }, { filter: 'b', sink: 'newrelic' }];
      for (const route of routes) await finish(keyOf(0, route));
      await finish(keyOf(1, routes[1]));
      await finish(keyOf(2, routes[2]));
      assert.deepEqual(short(await stage.backlog.missing(routes, at(0), at(3), 'recorded')), [
        'crm newrelic 1',
        'b newrelic 1',
        'crm newrelic 2',
        'crm anodot 2',
      ]);
    });

    it('does not take a later revision for the first', async () => {
      for (const window of [0, 2]) await finish(keyOf(window));
      await finish(keyOf(1, CRM, 1));
      assert.deepEqual(short(await stage.backlog.missing([CRM], at(0), at(3), 'recorded')), ['crm newrelic 1']);
      await finish(keyOf(7, { filter: 'b', sink: 'newrelic' }, 1));
      assert.deepEqual(await stage.backlog.missing([{ filter: 'b', sink: 'newrelic' }], at(0), at(9), 'recorded'), []);
    });

    it('knows a day of 20 filters', async () => {
      const filters = Array.from({ length: 20 }, (_, n) => ({ filter: `f${n}`, sink: 'newrelic' }));
      await take(...filters.map((route) => keyOf(0, route)));
      const found = await stage.backlog.missing(filters, at(0), at(288), 'recorded');
      assert.deepEqual(
        [found!.length, found!.filter(({ held }) => held).length, found!.at(-1)!.start],
        [20 * 288, 20, at(287)],
      );
    });
  });
}
