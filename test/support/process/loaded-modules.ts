import { registerHooks } from 'node:module';

/** Which modules of the program a service loads until it has had two runs and shown its pages. */
export interface Loaded {
  /** Where nobody has rules. */
  readonly without: readonly string[];
  /** What comes to that with a rule and a channel, and alerts that went to the log. */
  readonly more: readonly string[];
  readonly alerts: number;
  /** What comes to all that with a ledger, for the same rule and channel. */
  readonly withLedger: readonly string[];
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

const { openLedgerBench, burst } = await import('../e2e/bench.ts');

interface Served {
  readonly loaded: readonly string[];
  /** Alerts that went to the log. */
  readonly alerts: number;
}

async function serve(file?: string, isKept = false): Promise<Served> {
  const bench = await openLedgerBench({ time: 'stopped' });
  bench.sandbox.world.addProject({ slug: 'web' });
  bench.sandbox.world.addEvents(burst('web', 101, 4));
  const env: Readonly<Record<string, string>> = isKept ? { LEDGER_URL: bench.ledgerUrl } : {};
  const service = await bench.serve([{ name: 'web', projects: ['web'] }], env, file === undefined ? {} : { file });
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
const rules = JSON.stringify({
  channels: { log: { console: true } },
  filters: [{ name: 'web', projects: ['web'], alerts: [{ when: 'any', tell: 'log' }] }],
});
const full = await serve(rules);
const more = full.loaded.filter((it) => !without.loaded.includes(it));
const kept = await serve(rules, true);
const withLedger = kept.loaded.filter((it) => !full.loaded.includes(it));
const found: Loaded = { without: without.loaded, more, alerts: full.alerts, withLedger };
process.stdout.write(JSON.stringify(found));
