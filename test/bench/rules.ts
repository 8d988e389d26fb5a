import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../support/e2e/json.ts';
import { filtersText, settingsFor } from '../support/e2e/service.ts';
import { endProcesses, ROOT, startProcess } from '../support/process/processes.ts';
import { listening, MEMORY_FLAGS, type RemoteService } from '../support/process/services.ts';
import { type Box, openBox, type Run, WINDOWS_AN_HOUR } from './box.ts';
import { checkOut } from './check-out.ts';
import { contentOf } from './many.ts';
import { spread } from './measure.ts';
import { type Plan, type Row, runCells, thousands, wanted } from './rows.ts';

/** The commit before there were rules. */
const BEFORE = '8e517c1';
const FILTERS = 1_000;
const ISSUES_EACH = 20;
/** How much more a run may take with a rule in every filter, and how much more than before there were rules. */
const MOST = { rules: 1.05, none: 1.03 };
const SECTION = `Rules (${thousands(FILTERS)} filters, ${ISSUES_EACH} issues each, a ledger in SQLite, a Sentry that answers at once; by turns)`;

/** One way to run the same filters. */
interface Form {
  readonly name: string;
  readonly folder: string;
  readonly text: string;
  /** Alerts that each window must have. */
  readonly alerts: number | undefined;
}

/** What the same windows take before there were rules, without rules, and with one in each filter. */
export async function rulesRows({ reps }: Plan): Promise<readonly Row[]> {
  const place = mkdtempSync(join(tmpdir(), 'sentry-monitor-bench-'));
  try {
    const before = join(place, 'before');
    checkOut(BEFORE, before);
    const box = await openBox(contentOf(FILTERS, ISSUES_EACH), 1);
    const forms = formsOf(box, before);
    const runs = await inTurns(box, forms, place, Math.min(reps, WINDOWS_AN_HOUR - 1));
    return rowsOf(forms, runs);
  } finally {
    await endProcesses();
    rmSync(place, { recursive: true });
  }
}

function formsOf({ content, sandbox }: Box, before: string): readonly Form[] {
  const specs = content.filters.map(({ spec }) => spec);
  const ruled = specs.map((spec, n) => ({ ...spec, alerts: [n === 0 ? 'any' : 'events > 100000'] }));
  const channels = { hook: { webhook: `${sandbox.url}/hook/bench`, key: 'HOOK_KEY' } };
  const text = filtersText(specs);
  return [
    { name: `before there were rules, ${BEFORE}`, folder: before, text, alerts: undefined },
    { name: 'without rules', folder: ROOT, text, alerts: undefined },
    {
      name: `a rule in each of ${thousands(FILTERS)} filters`,
      folder: ROOT,
      text: JSON.stringify({ channels, defaults: { tell: 'hook' }, filters: ruled }),
      alerts: ISSUES_EACH,
    },
  ];
}

/** The first window of each warms it up. */
async function inTurns(box: Box, forms: readonly Form[], place: string, turns: number): Promise<readonly Run[][]> {
  const services: RemoteService[] = [];
  for (const [n, form] of forms.entries()) services.push(await startForm(box, form, join(place, String(n))));
  const runs = forms.map((): Run[] => []);
  for (let turn = 0; turn <= turns; turn++)
    for (const [n, form] of forms.entries()) {
      const run = await box.run(services[n]!, turn);
      const found = (run.body.alerts as Json[] | undefined)?.length;
      if (found !== form.alerts) throw new Error(`${form.name}: ${found} alerts, not ${form.alerts}`);
      if (turn > 0) runs[n]!.push(run);
    }
  return runs;
}

async function startForm({ sandbox }: Box, { folder, text }: Form, place: string): Promise<RemoteService> {
  writeFileSync(`${place}.yaml`, text);
  const env = {
    ...settingsFor(sandbox),
    TREND_BASELINES: '1h,1d,7d',
    HOOK_KEY: `whsec_${Buffer.from('benchmark-benchmark-benchmark').toString('base64')}`,
    FILTERS: `${place}.yaml`,
    LEDGER_URL: `sqlite:${place}.db`,
    CATCH_UP_HOURS: '0',
    RECOUNT: 'off',
    RUN_DEADLINE_SECONDS: '280',
    PORT: '0',
  };
  return listening(startProcess([...MEMORY_FLAGS, 'src/main.ts'], env, folder));
}

function rowsOf(forms: readonly Form[], runs: readonly Run[][]): readonly Row[] {
  const [before, none, rules] = runs;
  const against = ['', ratioOf(none!, before!, MOST.none), ratioOf(rules!, none!, MOST.rules)];
  return forms.map(({ name, alerts }, n) => ({
    section: SECTION,
    name,
    ...runCells(runs[n]!),
    against: against[n]!,
    numbers: `totals of all ${thousands(FILTERS)}, right${alerts === undefined ? '' : `; ${alerts} alerts a window, all others decided as nothing`}`,
  }));
}

/** Neighbours of one turn had the same weather. */
function ratioOf(runs: readonly Run[], others: readonly Run[], most: number): string {
  const ratios = (key: 'ms' | 'cpuMs'): string => {
    const { median, min, max } = spread(runs.map((run, n) => run[key] / others[n]![key]));
    const text = `${median.toFixed(2)} × (${min.toFixed(2)}–${max.toFixed(2)})`;
    return key === 'ms' ? `time ${wanted(`${text}, ≤ ${most} ×`, median <= most)}` : `CPU ${text}`;
  };
  const isSame = runs.every(({ requests }, n) => requests === others[n]!.requests);
  return `${ratios('ms')}; ${ratios('cpuMs')}; ${wanted('as many requests', isSame)}`;
}
