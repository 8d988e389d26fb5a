import { sql } from 'kysely';
import * as z from 'zod/mini';
import { likenessOf } from '../../../../core/logs/similar/similar.ts';
import type { GroupedBy } from '../../../../core/model/events/event.ts';
import type { AlikeIssue, AlikeIssues, EventPlace } from '../../../../core/ports/events/event-store.ts';
import type { Engine } from '../../../database/engine.ts';
import type { EventTraitRow } from '../../../database/event-tables.ts';
import { safeText, textIn } from '../../alerts/safe-text.ts';
import { parse } from '../../codec.ts';
import { keptIn } from '../samples.ts';

/** Issues with all words of this one, but for the last. */
export async function alikeIssues(
  engine: Engine,
  projects: readonly string[],
  { project, issueId }: EventPlace,
  most: number,
): Promise<AlikeIssues> {
  const own = wordsIn((await traitsOf(engine, project, issueId))?.words ?? '');
  const phrase = own.length < 2 ? own : own.slice(0, -1);
  if (phrase.length === 0) return { issues: [], isMore: false };
  const rows = await engine.db
    .selectFrom('sentry_monitor_event_traits as trait')
    .innerJoin('sentry_monitor_event_issues as known', (join) =>
      join.onRef('known.project', '=', 'trait.project').onRef('known.issue', '=', 'trait.issue'),
    )
    .select(['trait.project', 'trait.issue', 'trait.words', 'known.title', 'known.last_at', 'known.newest'])
    .where('trait.project', 'in', projects)
    .where(sql<boolean>`not (trait.project = ${project} and trait.issue = ${safeText(issueId)})`)
    .where(engine.placeIn(sql.ref('trait.words'), ` ${phrase.join(' ')} `), '>', 0)
    .orderBy('known.last_at', 'desc')
    .orderBy('known.project')
    .orderBy('known.issue')
    .limit(most + 1)
    .execute();
  const issues = rows.slice(0, most).flatMap((row): AlikeIssue[] => {
    const likeness = likenessOf(own, wordsIn(row.words));
    if (likeness === 'different') return [];
    const newest = keptIn('newest', { at: row.last_at, content: row.newest });
    return [{ project: row.project, issueId: textIn(row.issue), likeness, title: textIn(row.title), newest }];
  });
  return { issues, isMore: rows.length > most };
}

const Grouping = z.object({ by: z.string(), parts: z.array(z.string()), kept: z.array(z.string()) });

export async function groupingOf(engine: Engine, { project, issueId }: EventPlace): Promise<GroupedBy | null> {
  const row = await traitsOf(engine, project, issueId);
  return row === undefined || row.grouping === '' ? null : parse(Grouping, row.grouping, 'a grouping');
}

async function traitsOf({ db }: Engine, project: string, issueId: string): Promise<EventTraitRow | undefined> {
  return db
    .selectFrom('sentry_monitor_event_traits')
    .selectAll()
    .where('project', '=', project)
    .where('issue', '=', safeText(issueId))
    .executeTakeFirst();
}

function wordsIn(kept: string): readonly string[] {
  return kept.split(' ').filter((word) => word !== '');
}
