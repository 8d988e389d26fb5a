import { registerHooks } from 'node:module';

/** Which modules of the program a service loads until it has had two runs and shown its pages. */
export interface Loaded {
  /** Where nobody has rules. */
  readonly without: readonly string[];
  /** What comes to that with a rule and a channel, and alerts that went to the log. */
  readonly more: readonly string[];
  readonly alerts: number;
}

// NOTE: nothing of the program may be imported before the hook is there.
const ROOT = new URL('../../../', import.meta.url).href;
const seen = new Set<string>();
registerHooks({
  resolve(name, context, next) {
    const found = next(name, context);
    if (found.url.startsWith(`${ROOT}src/`)) seen.add(found.url.slice(ROOT.length));
    return found;
  },
});

const { openBench, burst } = await import('../e2e/bench.ts');

interface Served {
  readonly loaded: readonly string[];
  /** Alerts that went to the log. */
  readonly alerts: number;
}

async function serve(file?: string): Promise<Served> {
  const bench = await openBench({ time: 'stopped' });
  bench.sandbox.world.addProject({ slug: 'web' });
  bench.sandbox.world.addEvents(burst('web', 101, 4));
  const service = await bench.serve([{ name: 'web', projects: ['web'] }], {}, file === undefined ? {} : { file });
  const statuses = [await service.post(), await service.post('?debug=true')].map(({ status }) => status);
  for (const path of ['/', '/filters/web', '/issues', '/status']) {
    const response = await fetch(service.url + path, { headers: { connection: 'close', accept: 'text/html' } });
    await response.text();
    statuses.push(response.status);
  }
  await bench.close();
  if (statuses.some((status) => status !== 200)) throw new Error(`answered ${statuses.join(' ')}`);
  return { loaded: [...seen].toSorted(), alerts: service.log.filter(({ msg }) => msg === 'alert').length };
}

const without = await serve();
const full = await serve(
  JSON.stringify({
    channels: { log: { console: true } },
    filters: [{ name: 'web', projects: ['web'], alerts: [{ when: 'any', tell: 'log' }] }],
  }),
);
const more = full.loaded.filter((it) => !without.loaded.includes(it));
const found: Loaded = { without: without.loaded, more, alerts: full.alerts };
process.stdout.write(JSON.stringify(found));
