import { limitsOf } from '../../model/alerting/limits.ts';
import { isState, type Rule } from '../../model/alerting/rule.ts';
import { toldName } from '../../ports/alerting/alert-store.ts';
import { isPaced, isRemembered, toldKey } from '../fold/once-turn.ts';
import { NEVER } from '../fold/state.ts';
import type { Round, Working } from '../fold/working.ts';
import type { Judgement } from '../judge/kind.ts';
import { minuteText } from '../words/times.ts';
import type { Why } from './answer.ts';

export interface Reason {
  readonly decision: Why;
  readonly why: string;
}

/** Why a recipient was told nothing of a subject by a window. `working`: as it is after that window. */
export function whyNot(working: Working, round: Round, judgement: Judgement, channel: string): Reason {
  return isState(working.rule.condition)
    ? whyNotOfState(working, round, judgement, channel)
    : whyNotOnce(working, round, judgement, channel);
}

function whyNotOfState({ rule, subjects }: Working, round: Round, judgement: Judgement, channel: string): Reason {
  const { subject, holds, why } = judgement;
  const { isUnsteady, isOn, episode, over, quiet } = subjects.get(subject.id) ?? NEVER;
  const { hold, clear } = limitsOf(rule);
  if (isUnsteady) return { decision: 'not yet', why: `${why}; it is unsteady, and told again when it is steady` };
  if (episode !== null && episode.told.includes(channel)) {
    const { repeatMs } = rule;
    const next = repeatMs === null ? null : episode.from + (episode.repeats + 1) * repeatMs;
    const again = next === null ? 'it is not repeated' : againText(next, round);
    const below = holds === false ? `; ${quiet} of ${clear} windows in a row before it ends` : '';
    return { decision: 'repeat due', why: `${why}; it lasts since ${minuteText(episode.since)}${below}; ${again}` };
  }
  if (episode !== null && rule.escalate?.tell.includes(channel) === true) {
    const until = minuteText(episode.from + rule.escalate.afterMs);
    return { decision: 'not yet', why: `${why}; ${channel} is told when it still lasts ${until}` };
  }
  if (isOn) return { decision: 'not yet', why: `${why}; it lasts, and ${channel} was not told yet` };
  if (holds !== true) return { decision: 'not yet', why };
  return { decision: 'not yet', why: `${inThisWindow(rule, round) ?? why}; ${over} of ${hold} windows in a row` };
}

/** One that is due and was not told waits until the rule holds again. */
function againText(next: number, { step: { window } }: Round): string {
  return next > window.end ? `repeat due ${minuteText(next)}` : 'repeated when it holds again';
}

/** What holds of the window alone, where the rule speaks of all that it takes; undefined: it does not. */
function inThisWindow({ condition: { kind } }: Rule, { moment: { text } }: Round): string | undefined {
  if (kind === 'none') return `no event in ${text}`;
  return kind === 'incomplete' ? `${text} is not complete` : undefined;
}

function whyNotOnce(working: Working, round: Round, { subject, holds, why }: Judgement, channel: string): Reason {
  const { rule } = working;
  const at = round.told.get(toldName(toldKey(working, subject.id, channel)));
  const { end } = round.step.window;
  if (isRemembered(rule) && at === end) return { decision: 'told', why };
  if (holds !== true) return { decision: 'not yet', why };
  if (at === undefined) return { decision: 'over', why: `${why}; nobody was told by this window` };
  if (isPaced(rule))
    return {
      decision: 'repeat due',
      why: `${why}; told ${minuteText(at)}, again from ${minuteText(at + rule.repeatMs!)} on`,
    };
  return { decision: 'over', why: `${why}; told ${minuteText(at)}, and once for all` };
}
