import type { Window } from '../../model/window.ts';
import type { Piece } from './piece.ts';
import type { RuleState } from './state.ts';

/** What lasts of rules that are gone, or are another sentence now, ends, so that pagers close. `why`: for people. */
export function endGone(gone: ReadonlyMap<string, RuleState>, window: Window, why: string): readonly Piece[] {
  return [...gone].flatMap(([name, { sentence, severity, subjects }]) =>
    [...subjects.values()].flatMap(({ episode }): readonly Piece[] => {
      if (episode === null) return [];
      const { subject, known } = episode;
      const numbers = { value: known.value, limit: known.limit, expected: null, atLeast: false };
      return [
        {
          news: 'resolved',
          rule: { name, sentence, severity },
          window,
          episode,
          judgement: { subject, holds: null, ...numbers, why },
          channels: episode.told,
          sequence: 0,
          endsWhen: null,
          summary: null,
        },
      ];
    }),
  );
}
