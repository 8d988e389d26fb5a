import type { IssueFacts } from '../../../model/alerting/facts.ts';
import type { Except, Rule } from '../../../model/alerting/rule.ts';

/** Whether a rule leaves this issue out; null: that cannot be told while its details are missing. */
export function isExcepted({ except }: Pick<Rule, 'except'>, issue: IssueFacts): boolean | null {
  let isUnknown = false;
  for (const it of except) {
    const text = textOf(it, issue);
    if (text === null) isUnknown = true;
    else if (fits(it.pattern, text)) return true;
  }
  return isUnknown ? null : false;
}

/** NOTE: an issue whose details are known has a title; another detail that is null is one that it does not have. */
function textOf({ property }: Except, { title, culprit, level, project }: IssueFacts): string | null {
  if (property === 'project') return project;
  if (title === null) return null;
  if (property === 'title') return title;
  if (property === 'level') return level ?? '';
  return property === 'module' ? moduleOf(culprit ?? '') : (culprit ?? '');
}

/** A culprit is `module in function`, or `function(module)`. */
function moduleOf(culprit: string): string {
  return /\((?<module>.+)\)$/.exec(culprit)?.groups?.['module'] ?? culprit.split(' in ')[0]!;
}

/**
 * `*` stands for any text. Looks for one piece after the other: a pattern with many stars takes no longer than its text
 * is long for each.
 */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const whole = text.toLowerCase();
  if (rest.length === 0) return whole === first;
  const last = rest.pop()!;
  if (!whole.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = whole.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return whole.length - last.length >= at && whole.endsWith(last);
}
