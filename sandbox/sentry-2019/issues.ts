import { type IssueForm, lastingFields, statsJson } from '../sentry/issues/issue-json.ts';

/**
 * An issue as servers of 2019 and 2020 show it: nothing that came later (substatus, priority, categories, the blocks
 * `filtered` and `lifetime`, `collapse`), and its numbers are those of all time.
 */
export const OLD_ISSUES: IssueForm = {
  periods: ['', '24h', '14d'],
  badPeriod: "Invalid stats_period. Valid choices are '', '24h', and '14d'",
  json: (state, base, view, { period }) => ({
    ...lastingFields(state, base, view.issue),
    ...statsJson(view.lifetime),
    ...(period === '' ? {} : { stats: { [period]: [] } }),
  }),
};
