import type { Severity } from '../../core/model/alerting/rule.ts';
import type { WatchPlan, WatchRule } from '../../core/model/watches/watch-plan.ts';
import { HOUR_MS, PERIOD_MS } from '../../core/model/window.ts';
import type { PlacedPart } from '../filters/parts/placed.ts';
import { quietOf } from '../rules/compile.ts';
import { repeatOf } from '../rules/options.ts';
import { EVERY, type WatchEntry, type WrittenWatch } from './keys.ts';
import { readWatchSentence } from './sentence.ts';
import { readTime } from './spans.ts';

const USUAL_REPEAT_MS = 4 * HOUR_MS;

/** What of channels counts for rules. */
export interface Channels {
  /** They cannot be used. */
  readonly lost: ReadonlySet<string>;
  /** They wake people. */
  readonly pagers: ReadonlySet<string>;
  /** By the name that is written, all that it means; of most names nothing else than themselves. */
  readonly recipients: ReadonlyMap<string, readonly string[]>;
}

/** Of a file without faults. */
export function watchPlan(part: PlacedPart & { readonly file: string }, channels: Channels): WatchPlan {
  const { name, texts, file, line, watch = {} } = part;
  return {
    name,
    isCertificate: texts['tls'] !== undefined,
    everyMs: everyOf(watch, PERIOD_MS),
    labels: watch.labels ?? {},
    rules: (watch.alerts ?? []).map((entry, index) => {
      return ruleOf(entry, watch, { ...channels, where: `${file}:${part.alertLines?.[index] ?? line}` });
    }),
    where: `${file}:${line}`,
  };
}

/** Ms; `usual`: where nothing is written. */
export function everyOf({ every }: Pick<WrittenWatch, 'every'>, usual: number): number {
  const read = every === undefined ? undefined : readTime(every, EVERY);
  return read !== undefined && 'ms' in read ? read.ms : usual;
}

function ruleOf(entry: WatchEntry, shared: WrittenWatch, given: Channels & { readonly where: string }): WatchRule {
  const own = typeof entry === 'string' ? { when: entry } : entry;
  const read = readWatchSentence(own.when ?? '');
  if ('fault' in read) throw new Error(read.fault);
  const all = { ...shared, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
  const names = [all.tell ?? []].flat();
  const tell = names.filter((name) => !given.lost.has(name)).flatMap((name) => given.recipients.get(name) ?? name);
  return {
    name: own.name ?? read.normal,
    sentence: own.when ?? '',
    condition: read.condition,
    tell: [...new Set(tell)],
    hold: all.hold ?? 1,
    clear: all.clear ?? 1,
    repeatMs: all.repeat === undefined ? USUAL_REPEAT_MS : repeatOf(all.repeat),
    resolved: all.resolved ?? read.condition.kind !== 'changes',
    quiet: quietOf(all.quiet),
    severity:
      (all.severity as Severity | undefined) ?? (names.some((it) => given.pagers.has(it)) ? 'critical' : 'warning'),
    where: given.where,
  };
}
