import { comparedOf, NOISE, wordsOf } from '../../../../core/logs/similar/similar.ts';
import type { ErrorEvent } from '../../../../core/model/events/event.ts';
import type { Columns, Engine } from '../../../database/engine.ts';
import type { EventTraitRow } from '../../../database/event-tables.ts';
import { allGiven, NAMED, named, withGiven } from '../../../database/given-rows.ts';
import { safeText } from '../../alerts/safe-text.ts';

const ROW: Columns<EventTraitRow> = { project: 'text', issue: 'text', noise: 'text', words: 'text', grouping: 'text' };
const COLUMNS = Object.keys(ROW) as (keyof EventTraitRow)[];

/** Keeps what issues are compared by, of those whose words are not known yet, or by another noise. */
export async function putTraits(
  engine: Engine,
  project: string,
  events: readonly ErrorEvent[],
  own: readonly string[],
): Promise<void> {
  const noise = [...new Set(own)].toSorted().join(' ');
  const issues = await unknownIn(engine, project, events, noise);
  if (issues.size === 0) return;
  const rows = [...issues].map(([issue, event]): EventTraitRow => {
    return { project, issue, noise, words: wordsIn(event, own), grouping: groupingIn(event) };
  });
  await withGiven(engine, ROW, rows)
    .insertInto('sentry_monitor_event_traits')
    .columns(COLUMNS)
    .expression(allGiven(COLUMNS, ['issue']))
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'issue'])
        .doUpdateSet(({ ref }) => ({
          noise: ref('excluded.noise'),
          words: ref('excluded.words'),
          grouping: ref('excluded.grouping'),
        })),
    )
    .execute();
}

/** An event of each issue that has no words by this noise yet. */
async function unknownIn(
  engine: Engine,
  project: string,
  events: readonly ErrorEvent[],
  noise: string,
): Promise<ReadonlyMap<string, ErrorEvent>> {
  const issues = new Map(events.map((event) => [safeText(event.issueId), event]));
  const known = await withGiven(engine, NAMED, named([...issues.keys()]))
    .selectFrom('sentry_monitor_event_traits')
    .select('issue')
    .where('project', '=', project)
    .where('noise', '=', noise)
    .where('issue', 'in', (from) => from.selectFrom('given').select('name'))
    .execute();
  for (const { issue } of known) issues.delete(issue);
  return issues;
}

function wordsIn({ sample }: ErrorEvent, own: readonly string[]): string {
  const words = wordsOf(comparedOf(sample?.text ?? ''), [...NOISE, ...own]);
  return words.length === 0 ? '' : ` ${words.join(' ')} `;
}

function groupingIn({ grouping }: ErrorEvent): string {
  return grouping === undefined ? '' : JSON.stringify(grouping);
}
