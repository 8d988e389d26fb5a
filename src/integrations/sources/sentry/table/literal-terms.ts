import type { Gap } from '../../../../core/model/gap.ts';
import type { Answer, Ask } from '../../../../core/model/reading.ts';
import { HOUR_MS } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { Projects } from '../api/projects.ts';
import { starredSearchOf } from '../api/query.ts';
import { numberIn } from '../api/row.ts';
import { readPage } from '../api/rows.ts';
import { targetOf } from './target.ts';

/** Whether the server still takes a literal text for a part of the message (docs/sentry-search.md). */
export interface LiteralTerms {
  /** Passes answers on; where it does not, those of filters with terms have a gap. */
  check(answers: AsyncIterable<Answer>, scope: Scope): AsyncGenerator<Answer>;
}

export interface LiteralTermsOptions extends Pick<Clock, 'now'> {
  readonly client: Client;
  readonly projects: Projects;
}

/**
 * A filter with terms that counts nothing is asked once more with stars around them: one filter a read, each at most
 * once an hour. When that counts more, no literal term finds anything any more, until one does.
 */
export function createLiteralTerms(options: LiteralTermsOptions): LiteralTerms {
  const askedAt = new Map<string, number>();
  let missed: string | null = null;
  const isDue = ({ filter: { name } }: Ask): boolean => (askedAt.get(name) ?? -Infinity) + HOUR_MS <= options.now();
  return {
    async *check(answers, scope) {
      let hasAsked = false;
      for await (const answer of answers) {
        const count = countOf(answer);
        if (count !== null && count > 0) missed = null;
        if (count === 0 && !hasAsked && answer.ask.want === 'full' && isDue(answer.ask)) {
          hasAsked = true;
          askedAt.set(answer.ask.filter.name, options.now());
          missed = await missedBy(answer.ask, options, scope);
          if (missed !== null) scope.log.error({ filter: answer.ask.filter.name, missed }, 'search terms find nothing');
        }
        yield missed === null ? answer : withGap(answer, count, missed);
      }
    },
  };
}

/** Events of a filter with terms; null: it has none, or nothing is known. */
function countOf(answer: Answer): number | null {
  if (!('reading' in answer) || answer.ask.filter.searchTerms.length === 0) return null;
  const { totals, gaps } = answer.reading;
  if (totals.length === 0 || gaps.some(({ part }) => part === 'totals')) return null;
  return totals.reduce((all, { events }) => all + events, 0);
}

/** What the same question with stars finds; null: no more, or it was not answered. */
async function missedBy(ask: Ask, { client, projects }: LiteralTermsOptions, scope: Scope): Promise<string | null> {
  const query = starredSearchOf(ask.filter);
  if (query === null) return null;
  try {
    const { selection } = await targetOf(ask, projects, scope);
    const starred = { ...selection, query };
    const columns = { fields: ['count()'], sort: [] };
    const [row] = (await readPage(client, { columns, selection: starred }, scope)).rows;
    const count = row === undefined ? 0 : numberIn(row, 'count()');
    return count === 0 ? null : `${ask.filter.name} counts 0, and ${count} with stars around its terms`;
  } catch {
    return null;
  }
}

/** A zero is none, and what is left out by a term was counted. */
function withGap(answer: Answer, count: number | null, missed: string): Answer {
  if (!('reading' in answer) || (count !== 0 && answer.ask.filter.exclude.length === 0)) return answer;
  const gap: Gap = {
    part: 'totals',
    reason: 'terms_unread',
    detail: `this server takes search terms for whole messages: ${missed}; look for a newer sentry-monitor`,
  };
  return { ...answer, reading: { ...answer.reading, gaps: [...answer.reading.gaps, gap] } };
}
