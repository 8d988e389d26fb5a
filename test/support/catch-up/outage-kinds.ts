import { FIVE_MS, killHard } from '../ledger/windows.ts';
import { until } from '../time/until.ts';
import { type Stage, tick } from './outage-servers.ts';

export const OUTAGES = ['sink', 'sentry', 'servers', 'database'] as const;
export type Outage = (typeof OUTAGES)[number];

/** A run that a fault holds up is in its middle, ms. */
const HELD_MS = 3000;

/** How an outage is brought about, and how it ends. */
export interface Way {
  begin(stage: Stage): Promise<void>;
  /** Begins in the middle of a window's run, whatever that comes to. */
  amid(stage: Stage): Promise<void>;
  end(stage: Stage): Promise<void>;
}

/** A run that waits for Sentry: what `act` does falls into its middle. */
async function whileReading(stage: Stage, act: () => void | Promise<void>): Promise<void> {
  const { sandbox } = stage;
  const seen = (await sandbox.requests()).requests.length;
  await sandbox.command('faults', { vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: HELD_MS, times: 2 });
  const run = tick(stage).catch(() => null);
  await until('a run reads', async () =>
    (await sandbox.requests()).requests.slice(seen).some(({ fault, status }) => fault === 'slow' && status === null),
  );
  await act();
  await run;
}

function refusing(fault: Record<string, unknown>): Way {
  const begin = async ({ sandbox }: Stage, skip = 0): Promise<void> =>
    void (await sandbox.command('faults', { kind: 'status', status: 403, times: 0, skip, ...fault }));
  return {
    begin,
    // Some of the run's requests pass.
    amid: async (stage) => {
      await begin(stage, 2);
      await tick(stage);
    },
    end: ({ sandbox }) => sandbox.heal(),
  };
}

export const WAYS: Readonly<Record<Outage, Way>> = {
  sink: {
    ...refusing({ vendor: 'anodot' }),
    amid: async (stage) => {
      await whileReading(
        stage,
        async () =>
          void (await stage.sandbox.command('faults', { vendor: 'anodot', kind: 'status', status: 403, times: 0 })),
      );
    },
  },
  sentry: refusing({ vendor: 'sentry', endpoint: 'events-table' }),
  servers: {
    begin: async ({ servers }) => void (await Promise.all(servers.map(killHard))),
    amid: async (stage) => {
      await whileReading(stage, async () => void (await Promise.all(stage.servers.map(killHard))));
    },
    end: async (stage) => {
      await stage.clock.set(stage.first + stage.window * FIVE_MS + 200_000);
      stage.servers = await Promise.all([stage.serve(), stage.serve()]);
    },
  },
  database: {
    begin: async ({ proxy }) => proxy.sever(),
    amid: (stage) => whileReading(stage, () => stage.proxy.sever()),
    end: async ({ proxy, servers }) => {
      proxy.restore();
      await until('the servers have the database again', async () =>
        (
          await Promise.all(
            servers.map(({ url }) =>
              fetch(`${url}/readyz`, { headers: { connection: 'close' } }).then((it) => it.text()),
            ),
          )
        ).every((text) => text.includes('"ready"')),
      );
    },
  },
};
