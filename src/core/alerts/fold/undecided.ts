import type { IssueFacts } from '../../model/alerting/facts.ts';
import { DAY_MS, isoOf, PERIOD_MS } from '../../model/window.ts';
import { isExcepted } from '../judge/parts/except.ts';
import type { Judgement } from '../judge/kind.ts';
import { isEnough, issueSubject } from '../judge/parts/subjects.ts';
import { countText, spanText } from '../judge/parts/words.ts';
import { tellOnce } from './once-turn.ts';
import type { Undecided } from './state.ts';
import type { Outcome, Round, Working } from './working.ts';

/** How long it is waited for the details of an issue that may be new, ms. */
const WAIT_MS = DAY_MS;

/** Issues that may be new, but nobody knew when they were first seen: told late, when that is known. */
export function undecidedTurn(working: Working, round: Round): Pick<Outcome, 'pieces' | 'told' | 'unjudged'> {
  const { undecided } = working;
  const { start } = round.step.window;
  const told: Pick<Outcome, 'pieces' | 'told'>[] = [];
  const unjudged: string[] = [];
  for (const [id, it] of [...undecided]) {
    const known = round.moment.issues.get(id);
    const issue = known?.firstSeen == null ? round.moment.past.issue(id) : known;
    const isKnown = issue !== undefined && issue.firstSeen !== null;
    if (isKnown) told.push(toldLate(issue, it, working, round));
    else if (start - it.at >= WAIT_MS) unjudged.push(id);
    else continue;
    undecided.delete(id);
  }
  for (const { id, isNew, events } of round.moment.issues.values())
    if (isNew === null && !undecided.has(id)) undecided.set(id, { at: start, events });
  return { pieces: told.flatMap((it) => it.pieces), told: told.flatMap((it) => it.told), unjudged };
}

function toldLate(
  issue: IssueFacts,
  { at, events }: Undecided,
  working: Working,
  round: Round,
): Pick<Outcome, 'pieces' | 'told'> {
  const { rule } = working;
  const window = { start: at, end: at + PERIOD_MS };
  const isNew = issue.firstSeen! >= at && issue.firstSeen! < window.end;
  if (!isNew || !isEnough(rule, events) || isExcepted(rule, issue) === true) return { pieces: [], told: [] };
  const count = `${countText(events, 'event')} in ${spanText(window)}`;
  const judgement: Judgement = {
    subject: { ...issueSubject(issue.id, round.moment), title: issue.title ?? issue.id },
    holds: true,
    value: events,
    limit: null,
    expected: null,
    atLeast: false,
    why: `${count} of an issue that was never seen before; first seen ${isoOf(issue.firstSeen!)}, as was known later`,
  };
  return tellOnce(judgement, window, working, round);
}
