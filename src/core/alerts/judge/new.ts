import { isoOf } from '../../model/window.ts';
import { judgeIssue } from './parts/issue-kinds.ts';
import type { Kind } from './kind.ts';

/** The issue's first event ever, in the filter's environments, lies in the window. */
export const isNew: Kind<'new'> = {
  mayHold: (_rule, issue) => issue.isNew === true,
  judge: (rule, moment) => (id) =>
    judgeIssue(rule, moment, id, ({ isNew: holds, firstSeen }) => {
      if (holds === null) return { holds, text: 'when it was first seen is not known' };
      if (holds) return { holds, text: 'of an issue that was never seen before' };
      return { holds, text: firstSeen === null ? 'not new' : `not new, first seen ${isoOf(firstSeen)}` };
    }),
  endsWhen: () => null,
};
