import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { folder } from '../../process/temp-folder.ts';
import { until } from '../../time/until.ts';

/** Two peers that gossip, as their own documents set them up, each group of alerts of one. */
export interface Alertmanagers {
  /** Both are given these, as Prometheus does. `endsAt`: they are over by then. */
  fire(names: readonly string[], endsAt?: Date): Promise<void>;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** `hook`: where they post; `peerTimeout`: how long the second waits for the first, such as 2s. */
export async function startAlertmanagers(program: string, hook: string, peerTimeout: string): Promise<Alertmanagers> {
  const files = folder({
    'alertmanager.yaml': `route: { receiver: hook, group_by: [alertname], group_wait: 1s, group_interval: 5s, repeat_interval: 4h }
receivers: [{ name: hook, webhook_configs: [{ url: '${hook}', send_resolved: true }] }]
`,
  });
  const ports = await freePorts(4);
  const [one, other] = [ports.slice(0, 2), ports.slice(2)] as [number[], number[]];
  const start = ([http, gossip]: readonly number[], peer: number | undefined, name: string): ChildProcess =>
    spawn(
      program,
      [
        `--config.file=${files.file('alertmanager.yaml')}`,
        `--storage.path=${files.file(name)}`,
        `--web.listen-address=${LOOPBACK}:${String(http)}`,
        `--cluster.listen-address=${LOOPBACK}:${String(gossip)}`,
        `--cluster.peer-timeout=${peerTimeout}`,
        ...(peer === undefined ? [] : [`--cluster.peer=${LOOPBACK}:${String(peer)}`]),
      ],
      { stdio: 'ignore' },
    );
  const children = [start(one, undefined, 'one'), start(other, one[1], 'other')];
  const bases = [one, other].map(([http]) => `http://${LOOPBACK}:${String(http)}`);
  await until(
    'both are one cluster',
    async () => (await Promise.all(bases.map(peersOf))).every((it) => it === 2),
    90_000,
  );
  return {
    async fire(names, endsAt) {
      const ends = endsAt === undefined ? {} : { endsAt: endsAt.toISOString() };
      const alerts = names.map((alertname) => ({ labels: { alertname }, ...ends }));
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(alerts) };
      for (const base of bases) await fetch(`${base}/api/v2/alerts`, init);
    },
    async close() {
      for (const child of children) {
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      files.remove();
    },
  };
}

/** 0 as long as they do not agree. */
async function peersOf(base: string): Promise<number> {
  const answer = await fetch(`${base}/api/v2/status`).catch(() => null);
  if (answer?.ok !== true) return 0;
  const { cluster } = (await answer.json()) as { cluster: { status: string; peers?: readonly unknown[] } };
  return cluster.status === 'ready' ? (cluster.peers ?? []).length : 0;
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((done) => server.listen(0, LOOPBACK, done));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
