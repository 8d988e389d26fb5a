import { number } from '../../../platform/numbers.ts';
import type { FilterPlan, RecordsInput } from './types.ts';

/** Filters of which not every row is read, each with what to do. */
export function rowWarnings(filters: readonly FilterPlan[], input: RecordsInput): readonly string[] {
  return filters.flatMap((plan) => {
    const text = rowWarning(plan, input);
    return text === undefined ? [] : [`${plan.filter}: ${text}`];
  });
}

function rowWarning(
  { filter, issues, splits }: FilterPlan,
  { filters, sourceCost, measured }: RecordsInput,
): string | undefined {
  const own = filters.find(({ name }) => name === filter);
  const { maxRows } = (own && sourceCost.of?.(own)) ?? sourceCost;
  const day = measured?.get(filter)?.issuesOfDay ?? 0;
  const most = number(maxRows);
  const setting = own?.source === undefined ? 'MAX_ROWS' : `maxRows of ${own.source}`;
  const todo = `split the filter or raise ${setting}`;
  if (issues > maxRows)
    return `${number(issues)} issues in a window, ${setting} reads ${most} of them: the others are a gap; ${todo}`;
  if (splits > maxRows)
    return (
      `${number(splits)} combinations of issues and tags in a window, ${setting} reads ${most} of them: ` +
      `the others are a gap; use fewer tags, or ${todo}`
    );
  if (day > maxRows)
    return (
      `${number(day)} issues in the last day: ` +
      `a window with more than ${most} (${setting}) of them would have a gap`
    );
  return undefined;
}
