import { type Env, valueOf } from '../../config/schema.ts';
import type { Filter } from '../../core/model/filter.ts';
import { BadCall } from '../command.ts';
import { notesOn } from './notes.ts';
import type { Material, Target } from './text/target.ts';

/** What the filters give a target to write of. */
export function materialFor(target: Target, filters: readonly Filter[], given: Given): Material {
  const { sink, account } = target;
  const own = sink === undefined ? filters : filters.filter(({ sinks }) => sinks?.includes(sink) ?? true);
  if (own.length === 0)
    throw new BadCall(`no filter of ${given.path} is sent to ${sink}; leave out its sinks: key, or add ${sink} to it`);
  const others = filters.filter((filter) => !own.includes(filter));
  return {
    filters: own,
    account: account === undefined ? 0 : accountIn(given, account.env),
    notes: notesOn(own, sink, others),
  };
}

/** Where the filters are, and who was named as the account. */
export interface Given {
  readonly path: string;
  readonly account: string | undefined;
  readonly env: Env;
}

function accountIn({ account, env }: Given, variable: string): number {
  const text = account ?? valueOf(env, variable);
  if (text === undefined) throw new BadCall(`which account? Pass --account <number>, or set ${variable}`);
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new BadCall(`${JSON.stringify(text)} is not the number of an account; write digits only`);
  return Number(text);
}
