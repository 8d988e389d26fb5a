import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../support/e2e/json.ts';
import { filtersText, postRun, settingsFor } from '../support/e2e/service.ts';
import { endProcesses, ROOT, startProcess } from '../support/process/processes.ts';
import { listening, MEMORY_FLAGS, type RemoteService } from '../support/process/services.ts';
import { type Box, openBox, type Run, WINDOWS_AN_HOUR } from './box.ts';
import { checkOut } from './check-out.ts';
import { WINDOW_MS } from './content.ts';
import { contentOf } from './many.ts';
import { heavy, type Plan, type Row, runCells, thousands, wanted } from './rows.ts';

/** The commit before there were rules. */
const BEFORE = '8e517c1';
const ISSUES_EACH = 20;
/** So many requests a second the service makes at most, where Sentry takes thirty. */
const PACE = 26.7;

/** One way to run the same filters. */
interface Form {
  readonly name: string;
  readonly folder: string;
  readonly text: string;
  /** Alerts that each window must have. */
  readonly alerts: number | undefined;
}

/** Forms that are compared, each with the one before it. */
interface Contest {
  readonly section: string;
  readonly filters: number;
  readonly turns: number;
  /** What a run takes against its neighbour without, in words. */
  against(runs: readonly Run[], others: readonly Run[]): string;
  forms(box: Box): readonly Form[];
}

/** What runs take that have no rules, against before there were any; and what a rule in each filter adds to a run. */
export async function rulesRows(plan: Plan): Promise<readonly Row[]> {
  const place = mkdtempSync(join(tmpdir(), 'sentry-monitor-bench-'));
  try {
    return [
      ...(await contest(withoutRules(checkOut(BEFORE), plan), place)),
      ...(await contest(withRules(plan), place)),
    ];
  } finally {
    rmSync(place, { recursive: true });
  }
}

function withoutRules(before: string, { reps }: Plan): Contest {
  return {
    section: 'No rules (100 filters, 20 issues each, a ledger in SQLite, a Sentry that answers at once; by turns)',
    filters: 100,
    turns: reps,
    against: (runs, others) => `${ratioOf('ms', runs, others)}; ${ratioOf('cpuMs', runs, others, 1.05)}`,
    forms: ({ content }) => {
      const text = filtersText(content.filters.map(({ spec }) => spec));
      return [
        { name: `before there were rules, ${BEFORE}`, folder: before, text, alerts: undefined },
        { name: 'today', folder: ROOT, text, alerts: undefined },
      ];
    },
  };
}

/**
 * NOTE: where Sentry answers at once nothing hides what rules add: at Sentry's limits a run waits for minutes, and
 * decides meanwhile. So what they add is at most as much longer as a run takes here, and a run takes as long there as
 * its requests do at least.
 */
function withRules(plan: Plan): Contest {
  return {
    section: 'Rules (1,000 filters, 20 issues each, a ledger in SQLite, a Sentry that answers at once; by turns)',
    filters: 1_000,
    turns: Math.max(2, heavy(plan)),
    against: (runs, others) =>
      `${ratioOf('ms', runs, others)}; ${ratioOf('cpuMs', runs, others, 1.25)}; ${addedOf(runs, others, 1.05)}`,
    forms: ({ content, sandbox }) => {
      const specs = content.filters.map(({ spec }) => spec);
      const ruled = specs.map((spec, n) => ({ ...spec, alerts: [n === 0 ? 'any' : 'events > 100000'] }));
      const channels = { hook: { webhook: `${sandbox.url}/hook/bench`, key: 'HOOK_KEY' } };
      const text = JSON.stringify({ channels, defaults: { tell: 'hook' }, filters: ruled });
      return [
        { name: 'without rules', folder: ROOT, text: filtersText(specs), alerts: undefined },
        { name: 'a rule in each filter', folder: ROOT, text, alerts: ISSUES_EACH },
      ];
    },
  };
}

async function contest(it: Contest, place: string): Promise<readonly Row[]> {
  const box = await openBox(contentOf(it.filters, ISSUES_EACH), 1);
  try {
    const forms = it.forms(box);
    await box.sandbox.command('limits', { preset: 'off' });
    const runs = await inTurns(box, forms, join(place, String(it.filters)), Math.min(it.turns, WINDOWS_AN_HOUR - 1));
    return rowsOf(it, forms, runs);
  } finally {
    await endProcesses();
  }
}

/** Who was first in one turn is second in the next one. */
async function inTurns(box: Box, forms: readonly Form[], place: string, turns: number): Promise<readonly Run[][]> {
  const services: RemoteService[] = [];
  for (const [n, form] of forms.entries()) services.push(await startForm(box, form, `${place}-${n}`));
  await warmUp(box, services);
  const runs = forms.map((): Run[] => []);
  for (let turn = 1; turn <= turns; turn++)
    for (const n of turn % 2 === 1 ? forms.keys() : [...forms.keys()].reverse()) {
      const run = await box.run(services[n]!, turn, { mayLeaveOut: true });
      const [found, { name, alerts }] = [(run.body.alerts as Json[] | undefined)?.length, forms[n]!];
      if (found !== alerts) throw new Error(`${name}: ${found} alerts, not ${alerts}`);
      runs[n]!.push(run);
    }
  return runs;
}

/** By the first window, all at once. */
async function warmUp({ sandbox, first }: Box, services: readonly RemoteService[]): Promise<void> {
  const end = new Date(first + WINDOW_MS).toISOString();
  const answers = await Promise.all(services.map(({ url }) => postRun(url, `?end=${end}`)));
  for (const { status, text } of answers)
    if (status !== 200) throw new Error(`status ${status}: ${text.slice(0, 600)}`);
  await sandbox.command('forget', {});
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

function rowsOf({ section, filters, against }: Contest, forms: readonly Form[], runs: readonly Run[][]): Row[] {
  return forms.map(({ name, alerts }, n) => ({
    section,
    name,
    ...runCells(runs[n]!),
    against: n === 0 ? '' : against(runs[n]!, runs[n - 1]!),
    numbers: `totals of all ${thousands(filters)}, right${alerts === undefined ? '' : `; ${alerts} alerts a window, told by the first filter; no other tells`}`,
  }));
}

/** Neighbours of one turn had the same weather. */
function ratioOf(key: 'ms' | 'cpuMs', runs: readonly Run[], others: readonly Run[], most?: number): string {
  const ratios = runs.map((run, n) => run[key] / others[n]![key]);
  return within(`${key === 'ms' ? 'time' : 'CPU'} ${said(ratios, 2)}`, ratios, most);
}

/** How many times as long a run takes at Sentry's limits. */
function addedOf(runs: readonly Run[], others: readonly Run[], most: number): string {
  const ratios = runs.map(({ ms, requests }, n) => 1 + (ms - others[n]!.ms) / ((requests / PACE) * 1000));
  return within(`at Sentry's limits at most ${said(ratios, 3)}`, ratios, most);
}

function said(ratios: readonly number[], digits: number): string {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((it) => it.toFixed(digits));
  return `${middleOf(ratios).toFixed(digits)} × (${least}–${most})`;
}

function within(text: string, ratios: readonly number[], most?: number): string {
  return most === undefined ? text : wanted(`${text}, ≤ ${most} ×`, middleOf(ratios) <= most);
}

/** The median; of two in the middle what lies between them, as each was once measured before and once after. */
function middleOf(values: readonly number[]): number {
  const order = values.toSorted((a, b) => a - b);
  const half = order.length >> 1;
  return order.length % 2 === 1 ? order[half]! : (order[half - 1]! + order[half]!) / 2;
}
