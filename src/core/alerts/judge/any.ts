import { judgeIssue } from './parts/issue-kinds.ts';
import type { Kind } from './kind.ts';

/** Every issue with events in the window. */
export const any: Kind<'any'> = {
  judge: (rule, moment) => (id) => judgeIssue(rule, moment, id, () => ({ holds: true, text: 'of this issue' })),
  endsWhen: () => null,
};
