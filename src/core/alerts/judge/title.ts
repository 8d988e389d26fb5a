import { judgeIssue } from './parts/issue-kinds.ts';
import type { Kind } from './kind.ts';

/** Every issue with events in the window and the text in its title, letters of any case. */
export const title: Kind<'title'> = {
  mayHold: ({ condition: { text } }, issue) => issue.title !== null && has(issue.title, text),
  judge: (rule, moment) => (id) =>
    judgeIssue(rule, moment, id, (issue) => {
      if (issue.title === null) return { holds: null, text: 'its title is not known' };
      const holds = has(issue.title, rule.condition.text);
      const text = JSON.stringify(rule.condition.text);
      return { holds, text: holds ? `of an issue with ${text} in its title` : `no ${text} in its title` };
    }),
  endsWhen: () => null,
};

function has(all: string, text: string): boolean {
  return all.toLowerCase().includes(text.toLowerCase());
}
