import { judgeIssue } from './parts/issue-kinds.ts';
import type { Kind } from './kind.ts';

/** The issue returned in this window after it was resolved. */
export const regressed: Kind<'regressed'> = {
  mayHold: (_rule, issue) => issue.isBack === true,
  judge: (rule, moment) => (id) =>
    judgeIssue(rule, moment, id, ({ isBack: holds }) => {
      if (holds === null) return { holds, text: 'whether it came back is not known' };
      return { holds, text: holds ? 'of an issue that came back after it was resolved' : 'it did not come back' };
    }),
  endsWhen: () => null,
};
