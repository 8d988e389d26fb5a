import type { Rule } from '../../model/alerting/rule.ts';
import type { Window } from '../../model/window.ts';
import type { TurnNews } from './advance.ts';

/** What a rule has to say in a window, before it is known how late that is. */
export interface Piece extends TurnNews {
  readonly rule: Pick<Rule, 'name' | 'sentence' | 'severity'>;
  readonly window: Window;
  readonly endsWhen: string | null;
  /** Part of one summary; null: none. */
  readonly summary: string | null;
}
