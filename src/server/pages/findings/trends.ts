import { reasonFor } from '../../../core/model/make-report.ts';
import type { ReportSeen } from '../../../core/ports/read-model.ts';
import type { Anchor } from '../../reasons/see.ts';
import { cut } from '../words.ts';
import { decimal, plural } from '../format.ts';
import { isSilent } from './coverage.ts';
import type { Answer } from './finding.ts';
import type { Scene } from './scene.ts';
import { byScore, nameOf, type SeenIssue, trendingByTeam } from '../arrange/issues.ts';

/** Characters of an issue's title in a verdict. */
const TITLE = 120;

/** What trends? That nothing does is said only of what was counted whole. */
export function trends(scene: Scene): Answer {
  const { data, counted, isStale, isPast, window, places } = scene;
  const issues = issuesIn(scene);
  const [worst] = issues;
  if (worst !== undefined) return some(scene, issues.length, worst);
  const names = data.filters.map(({ name }) => name);
  if (counted.length === 0) {
    const text = 'No filter has a count of the last window.';
    return idle(
      'Not known',
      text,
      places.filters(names),
      data.current === null && !isPast ? 'page-no-run' : 'page-not-counted',
    );
  }
  const silent = counted.filter(({ report }) => isSilent(report)).map(({ name }) => name);
  if (silent.length > 0) {
    const text = 'Sentry is silent: no issue can be seen to trend.';
    return idle('Not known', text, places.filters(silent), 'gap-source_silent');
  }
  const [unsure, ...rows] = unsureOf(scene);
  if (unsure !== undefined) {
    const text = 'No issue trends in what could be counted; not everything could.';
    return idle('None seen to trend', text, places.filters(names), unsure, ...rows);
  }
  if (isStale && !isPast) {
    const text = `No issue trended in ${window}, the last counted window. Nothing later is known.`;
    return idle('Not known', text, places.runs, 'page-late');
  }
  const text = isPast ? `None did in ${window}.` : 'None does in the last window.';
  return { health: 'good', head: 'No issue trends', sentences: [{ text }] };
}

function issuesIn({ data }: Scene): readonly SeenIssue[] {
  const all = [...trendingByTeam(data.filters).values()].flat();
  return [...new Map(all.map((it) => [it.issue.issueId, it])).values()].sort(byScore);
}

function some(scene: Scene, count: number, { issue }: SeenIssue): Answer {
  const { isStale, isPast, window, places } = scene;
  const title = cut(nameOf(issue), TITLE);
  const expected = issue.expected === null ? '' : `, expected ${decimal(issue.expected)}`;
  const most = `Most unusual: ${title} in ${issue.project}, ${plural(issue.events, 'event')} in 5 min${expected}.`;
  const when = isStale || isPast ? ` Counted in ${window}${isPast ? '' : '; nothing later is known'}.` : '';
  const more = unsureOf(scene).length > 0 ? ' There may be more: not everything could be counted.' : '';
  return {
    health: 'trend',
    head: plural(count, 'issue trends', 'issues trend'),
    sentences: [{ text: `${most}${when}${more}`, shown: places.issues, see: ['page-trends'] }],
  };
}

/** Why an issue may trend that nobody sees, as rows; empty: all issues of the window were judged. */
function unsureOf({ counted, uncounted }: Scene): readonly Anchor[] {
  const gaps = counted.flatMap(({ report }) => (report === null ? [] : gapsOf(report)));
  return [...new Set<Anchor>([...(uncounted.length > 0 ? ['page-not-counted' as const] : []), ...gaps])];
}

/** Counts, or the past that they are judged by, that could not be had. What a server never has, is not missing. */
function gapsOf({ complete, gaps }: ReportSeen): readonly Anchor[] {
  const reason = reasonFor(gaps);
  const counts: readonly Anchor[] = complete ? [] : [reason === '' ? 'http-200' : `gap-${reason}`];
  const past = gaps
    .filter((gap) => gap.part === 'baselines' && gap.reason !== 'not_supported')
    .map((gap): Anchor => `gap-${gap.reason}`);
  return [...counts, ...past];
}

function idle(
  head: string,
  text: string,
  shown: Answer['sentences'][number]['shown'] & object,
  ...see: readonly Anchor[]
): Answer {
  return { health: 'idle', head, sentences: [{ text, shown, see }] };
}
