import { spansWanted, uncounted } from '../../../../core/model/alerting/span-users.ts';
import type { Ask } from '../../../../core/model/reading.ts';
import type { SpansRead } from './table.ts';
import { uncountedWarning } from './warning.ts';

const ONE_WINDOW = 'this server is read page by page, and only the events of the window';

/** From the events of one window. `users`: of each project; null: nothing was counted. */
export function spansOfPages(
  { filter, window }: Pick<Ask, 'filter' | 'window'>,
  users: readonly ReadonlySet<string>[] | null,
): SpansRead {
  const warnings: string[] = [];
  const spans = spansWanted(filter).map((wish) => {
    const { spanMs } = wish;
    if (spanMs !== window.end - window.start) warnings.push(uncountedWarning(spanMs, ONE_WINDOW));
    else if (users !== null) return { ...uncounted(wish), users: new Set(users.flatMap((it) => [...it])).size };
    return uncounted(wish);
  });
  return { spans, warnings };
}
