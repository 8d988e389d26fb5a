import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as real } from 'node:timers/promises';
import { until } from '../time/until.ts';
import type { Json } from '../e2e/json.ts';
import { folder } from '../process/temp-folder.ts';

/** A place to scrape, by the name of its job: a line of YAML each, such as `basic_auth: { … }`. */
export interface Job {
  readonly name: string;
  readonly target: string;
  readonly more?: readonly string[];
}

/** Prometheus itself, on a port and with a folder of its own. */
export interface Prometheus {
  readonly url: string;
  /** Of all jobs: each series' value under its labels, as they are. */
  series(
    expression: string,
  ): Promise<readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]>;
  /** Value by labels, as JSON without the metric's name, job and instance; of one job. */
  query(expression: string, job: string): Promise<Readonly<Record<string, number>>>;
  /**
   * Once all these jobs were scraped after this call, with this success, at one instant.
   * All that is asked from then on is asked of that instant: a scrape that a busy machine is too slow for changes
   * nothing.
   */
  scraped(jobs: readonly string[], up?: 0 | 1): Promise<void>;
  /** Exit code of its orderly end. */
  stop(): Promise<number | null>;
}

export async function startPrometheus(jobs: readonly Job[]): Promise<Prometheus> {
  const jobText = ({ name, target, more = [] }: Job): string =>
    [`  - job_name: ${name}`, `static_configs: [{ targets: ['${target}'] }]`, ...more].join('\n    ');
  const files = folder({
    'prometheus.yml': `global: { scrape_interval: 2s, scrape_timeout: 2s }\nscrape_configs:\n${jobs.map(jobText).join('\n')}\n`,
  });
  const child = spawn(
    'prometheus',
    [
      '--web.listen-address=127.0.0.1:0',
      `--config.file=${files.file('prometheus.yml')}`,
      `--storage.tsdb.path=${files.file('data')}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = endOf(child).finally(() => files.remove());
  ended.catch(() => undefined);
  const address = (): string | undefined => /msg="Listening on" address=(\S+)/.exec(said)?.[1];
  const listening = Promise.race([
    ended.then(() => {
      throw new Error(`Prometheus ended: ${said}`);
    }),
    until('Prometheus listens', () => address() !== undefined && said.includes('ready to receive')),
  ]);
  await listening.catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  /** Seconds, the instant that is asked of. */
  let at = Date.now() / 1000;
  const ask = async (expression: string, time: number): ReturnType<Prometheus['series']> => {
    const response = await fetch(
      `http://${address()!}/api/v1/query?${new URLSearchParams({ query: expression, time: String(time) }).toString()}`,
    );
    const { status, data } = await response.json();
    if (status !== 'success') throw new Error(`Prometheus does not understand ${expression}`);
    return data.result.map(({ metric, value }: Json) => ({ labels: metric, value: Number(value[1]) }));
  };
  const series: Prometheus['series'] = (expression) => ask(expression, at);
  return {
    url: `http://${address()!}`,
    series,
    query: async (expression, job) => {
      const own = (await series(expression)).filter(({ labels }) => labels['job'] === job);
      return Object.fromEntries(
        own.map(({ labels: { __name__: _name, job: _job, instance: _instance, ...labels }, value }) => [
          JSON.stringify(labels),
          value,
        ]),
      );
    },
    scraped: async (names, up = 1) => {
      const from = Date.now() / 1000;
      await until(`${names.join(' and ')} scraped`, async () => {
        await real(50);
        const now = Date.now() / 1000;
        const good = (await ask(`timestamp(up) and up == ${up}`, now)).filter(
          ({ labels: { job = '' }, value }) => names.includes(job) && value > from,
        );
        if (good.length === names.length) at = now;
        return good.length === names.length;
      });
    },
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** What promtool objects to: '' for nothing, and then its exit code is 0. */
export async function promtool(text: string): Promise<string> {
  const child = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (said += part));
  child.stdin.on('error', () => undefined).end(text);
  const code = await endOf(child);
  return code === 0 ? said : `exit code ${String(code)}\n${said}`;
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
}

/** What promtool says of rules, or of a unit test of rules; '' for nothing, and then its exit code is 0. */
export async function promtoolRules(how: 'check' | 'test', file: string): Promise<string> {
  const child = spawn('promtool', [how, 'rules', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (said += part));
  const code = await endOf(child);
  return code === 0 ? '' : `exit code ${String(code)}\n${said}`;
}

/** Without the series that stand at zero. */
export function nonZero(series: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(series).filter(([, value]) => value !== 0));
}

/** Labels in one order of their names. */
export function sortedLabels(series: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(series).map(([key, value]) => [
      JSON.stringify(Object.entries(JSON.parse(key) as object).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      value,
    ]),
  );
}
