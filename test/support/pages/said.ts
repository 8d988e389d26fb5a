import type { PageData } from '../../../src/server/pages/data/model.ts';
import { findingsOf } from '../../../src/server/pages/findings/findings.ts';
import type { View } from '../../../src/server/pages/view/view.ts';

/** A line a sentence: what it says, where it is to be seen, which rows explain it. */
export function said(data: PageData, view: View = {}): readonly string[] {
  return findingsOf(data, view).flatMap(({ question, health, head, sentences }) => [
    `${question}: ${health}: ${head}`,
    ...sentences.map(({ text, shown, see = [] }) =>
      [`  ${text}`, ...(shown === undefined ? [] : [shown.href]), ...see].join(' | '),
    ),
  ]);
}

/** Of one question alone. */
export function saidOf(question: string, data: PageData, view: View = {}): readonly string[] {
  const all = said(data, view);
  const first = all.findIndex((line) => line.startsWith(`${question}: `));
  const next = all.findIndex((line, index) => index > first && !line.startsWith(' '));
  return first < 0 ? [] : all.slice(first, next < 0 ? undefined : next);
}
