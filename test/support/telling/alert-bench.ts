import { setTimeout as real } from 'node:timers/promises';
import type { Sandbox } from '../../../sandbox/index.ts';
import { burst, type Bench, openBench, START } from '../e2e/bench.ts';
import type { Service } from '../e2e/service.ts';
import { folder } from '../process/temp-folder.ts';
import { HOOK_KEY } from './keys.ts';
import { openReceiver, type Receiver } from './receiver.ts';

const PERIOD_MS = 300_000;

/** A sandbox, services with rules, and somebody who is told. */
export interface AlertBench extends Bench {
  readonly receiver: Receiver;
  readonly ledgerUrl: string;
  /** `events` of one issue in the window that starts `window` periods after the first. */
  fill(window: number, events: number, issue?: number): void;
  /** Moves the time to the moment at which that window is the last settled one. */
  at(window: number): void;
  /** Waits until it is so, for some seconds of real time. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>;
  /** A service with these rules for one filter, and a channel `hook`. */
  serveRules(rules: readonly unknown[], more?: ServeMore): Promise<Service>;
}

export interface ServeMore {
  readonly env?: Readonly<Record<string, string>>;
  readonly server?: string;
  readonly channels?: Readonly<Record<string, unknown>>;
  readonly filter?: Readonly<Record<string, unknown>>;
  /** More of the file: `filters` are beside `shop`, all else takes the place of what would stand there. */
  readonly file?: Readonly<Record<string, unknown>> & { readonly filters?: readonly unknown[] };
}

/** An instant of a window, as answers have it. */
export function iso(window: number): string {
  return new Date(START + window * PERIOD_MS).toISOString();
}

export async function openAlertBench(time: 'jump' | 'stopped' = 'jump'): Promise<AlertBench> {
  const bench = await openBench({ time, story: 'none' });
  const receiver = await openReceiver();
  const requests = { all: () => receiver.tried.map((id) => ({ id, status: 200 })) };
  bench.heed({ world: { requests } } as unknown as Sandbox);
  const files = folder({});
  bench.sandbox.world.addProject({ slug: 'web' });
  return {
    ...bench,
    receiver,
    ledgerUrl: `sqlite:${files.file('ledger.db')}`,
    fill: (window, events, issue = 101) =>
      bench.sandbox.world.addEvents(
        burst('web', issue, events).map((it) => ({ ...it, at: Number(it.at) + window * PERIOD_MS })),
      ),
    until: async (isSo) => {
      for (let turn = 0; turn < 500 && !(await isSo()); turn++) await real(10);
      if (!(await isSo())) throw new Error('it never came');
    },
    at: (window) => bench.clock.advance(START + window * PERIOD_MS + 450_000 - bench.clock.now()),
    // NOTE: leases are renewed after a third of their time, and the clock must not jump to that.
    serveRules: (rules, { env = {}, server, channels, filter = {}, file = {} } = {}) =>
      bench.serve(
        [],
        { HOOK_KEY, LEASE_SECONDS: '600', ...env },
        {
          ...(server === undefined ? {} : { server }),
          file: JSON.stringify({
            channels: channels ?? { hook: { webhook: receiver.url, key: 'HOOK_KEY' } },
            defaults: { tell: 'hook' },
            ...file,
            filters: [{ name: 'shop', projects: ['web'], alerts: rules, ...filter }, ...(file.filters ?? [])],
          }),
        },
      ),
    close: async () => {
      await bench.close();
      await receiver.close();
      files.remove();
    },
  };
}
