import type { OwnChannel, OwnJob, OwnRuns } from '../../model/alerting/own-report.ts';
import { isoOf } from '../../model/window.ts';
import { isFailing, type KeptJob } from '../../ports/alerting/job-store.ts';
import type { Accounts, FateCount } from '../../ports/alerting/own-books.ts';

export function runsOf(runs: Accounts['runs']): OwnRuns {
  const of = (wanted: (outcome: string | null) => boolean): number =>
    runs.filter(({ outcome }) => wanted(outcome)).reduce((sum, { count }) => sum + count, 0);
  const last = runs.reduce((newest, run) => Math.max(newest, run.last), -Infinity);
  return {
    count: of(() => true),
    partial: of((outcome) => outcome === 'partial'),
    failed: of((outcome) => outcome === 'failed'),
    open: of((outcome) => outcome === null),
    last: Number.isFinite(last) ? isoOf(last) : null,
  };
}

/** Of each its servers together: whoever did it last says how it went. */
export function jobsOf(all: readonly KeptJob[]): readonly OwnJob[] {
  const groups = Map.groupBy(all, ({ kind, name }) => JSON.stringify([kind, name]));
  return [...groups.values()].map((some): OwnJob => {
    const { kind, name } = some[0]!;
    const good = newestOf(some, 'good');
    const failed = newestOf(some, 'failed');
    const failing = some.find(isFailing);
    const last = failing === undefined ? (good ?? failed) : (newestOf([failing], 'failed') ?? good);
    return {
      kind,
      name,
      lastSuccess: good === null ? null : isoOf(good.at),
      lastFailure: failed === null ? null : isoOf(failed.at),
      failing: failing !== undefined,
      detail: last?.detail ?? '',
      server: last?.server ?? '',
    };
  });
}

function newestOf(jobs: readonly KeptJob[], which: 'good' | 'failed') {
  const all = jobs.flatMap((job) => (job[which] === null ? [] : [{ ...job[which], server: job.server }]));
  return all.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

const HELD: readonly FateCount['fate'][] = ['muted', 'quiet', 'grouped', 'dropped', 'held'];

export function channelsOf({ messages, held }: Accounts): readonly OwnChannel[] {
  const names = [...new Set([...messages, ...held].map(({ channel }) => channel))].sort();
  return names.map((channel) => {
    const of = (counts: readonly FateCount[], ...fates: FateCount['fate'][]): number =>
      counts
        .filter((it) => it.channel === channel && fates.includes(it.fate))
        .reduce((sum, { count }) => sum + count, 0);
    return {
      channel,
      sent: of(messages, 'sent'),
      waiting: of(messages, 'pending'),
      uncertain: of(messages, 'uncertain'),
      refused: of(messages, 'refused'),
      givenUp: of(messages, 'given up') + of(held, 'given up'),
      held: of(held, ...HELD) + of(messages, 'held'),
    };
  });
}
