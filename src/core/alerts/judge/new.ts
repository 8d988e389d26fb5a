import { isoOf } from '../../model/window.ts';
import { judgeIssue } from './parts/issue-kinds.ts';
import type { Kind } from './kind.ts';

/** The issue's first event ever, in the filter's environments, lies in the window. */
export const isNew: Kind<'new'> = {
  mayHold: (_rule, issue) => issue.isNew === true,
  judge: (rule, moment) => (id) =>
    judgeIssue(rule, moment, id, ({ isNew: holds, firstSeen }) => {
      if (holds === null) return { holds, text: 'when it was first seen is not known' };
      const seen = firstSeen === null ? '' : ` first seen ${isoOf(firstSeen)}`;
      return { holds, text: holds ? `of an issue that was never seen before` : `not new,${seen}` };
    }),
  endsWhen: () => null,
};
