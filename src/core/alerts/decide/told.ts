import { isState, type Rule } from '../../model/alerting/rule.ts';
import { type AlertTransaction, type ToldKey, toldName } from '../../ports/alerting/alert-store.ts';
import { isRemembered, toldKey } from '../fold/once-turn.ts';
import { channelsFor, type Round, type Working } from '../fold/working.ts';

/** A filter's rules and its windows. */
export interface FilterRounds {
  readonly rules: readonly Working[];
  readonly rounds: readonly Round[];
  /** Issues that are asked for besides. */
  readonly subjects?: readonly string[] | undefined;
}

/** Reads who was told of what may be told now, in one statement for all, and gives it to the windows. */
export async function readTold(trx: AlertTransaction, all: readonly FilterRounds[]): Promise<void> {
  const asks = all.map((it) => ({ rounds: it.rounds, keys: keysOf(it) }));
  const keys = new Map(asks.flatMap((it) => it.keys).map((key) => [toldName(key), key]));
  if (keys.size === 0) return;
  const told = new Map((await trx.told([...keys.values()])).map((it) => [toldName(it), it.at]));
  for (const { rounds, keys: own } of asks)
    for (const name of own.map(toldName)) if (told.has(name)) rounds[0]!.told.set(name, told.get(name)!);
}

function keysOf({ rules, rounds, subjects = [] }: FilterRounds): readonly ToldKey[] {
  return rules.flatMap((working) =>
    rounds.flatMap((round) =>
      [...mayTell(working, round), ...(isKept(working) ? subjects : [])].flatMap((id) =>
        channelsFor(working, round).map((channel) => toldKey(working, id, channel)),
      ),
    ),
  );
}

function isKept({ rule }: Working): boolean {
  return !isState(rule.condition) && isRemembered(rule);
}

/** Ids of what a rule may tell of in a window, where it must be known who was told. */
function mayTell(working: Working, round: Round): readonly string[] {
  const { rule, undecided, begin } = working;
  if (!isKept(working) || begin > round.step.window.start) return [];
  const late = rule.condition.kind === 'new' ? [...undecided.keys(), ...unknownIn(round)] : [];
  return round.step.isFresh ? [...late, ...holdingIn(rule, round)] : late;
}

function unknownIn({ moment }: Round): readonly string[] {
  return [...moment.issues.values()].filter(({ isNew }) => isNew === null).map(({ id }) => id);
}

/** None of a rule that breaks: it tells of none. */
function holdingIn(rule: Rule, round: Round): readonly string[] {
  try {
    return round.judge(rule).holding.map(({ subject }) => subject.id);
  } catch {
    return [];
  }
}
