import type { FilterSet } from '../../config/filters/load.ts';
import { type Env, valueOf } from '../../config/schema.ts';
import type { Filter } from '../../core/model/filter.ts';
import { sinks as registry } from '../../integrations/sinks/index.ts';
import { BadCall } from '../command.ts';
import { notesOn } from './notes.ts';
import type { Material, Target } from './text/target.ts';

/** What the filters give a target to write of. */
export function materialFor(target: Target, set: FilterSet, given: Given): Material {
  const { sink: vendor, account } = target;
  const { filters } = set;
  if (vendor === undefined) return { filters, account: 0, notes: notesOn(filters, undefined, []) };
  const sink = sinkOf(vendor, set, given);
  const own = filters.filter((filter) => isSentTo(sink, filter, vendor, given.env));
  if (own.length === 0)
    throw new BadCall(`no filter of ${given.path} is sent to ${sink}; ${remedy(sink, vendor, set)}`);
  return {
    filters: own,
    account: account === undefined ? 0 : accountIn(given, account.env, textOf(sink, account.env, vendor, set)),
    notes: notesOn(
      own,
      { name: sink, vendor },
      filters.filter((filter) => !own.includes(filter)),
    ),
  };
}

/** Where the filters are, and who was named as the sink and the account. */
export interface Given {
  readonly path: string;
  readonly sink: string | undefined;
  readonly account: string | undefined;
  readonly env: Env;
}

/** Names of the sinks of a vendor: the one of the environment, and those of files. */
function sinksOf(vendor: string, { parts }: FilterSet): readonly string[] {
  const inFiles = parts.filter(({ section, texts }) => section === 'sinks' && Object.hasOwn(texts, vendor));
  return [vendor, ...inFiles.map(({ name }) => name)];
}

function sinkOf(vendor: string, set: FilterSet, { sink = vendor }: Given): string {
  const names = sinksOf(vendor, set);
  if (names.includes(sink)) return sink;
  throw new BadCall(`--sink: ${JSON.stringify(sink)} is no sink of ${vendor}; there are ${names.join(', ')}`);
}

/** Filters that name no sink are sent to those of the environment, or to those that SINKS names. */
function isSentTo(sink: string, { sinks }: Filter, vendor: string, env: Env): boolean {
  const named = valueOf(env, 'SINKS')?.split(',');
  return sinks?.includes(sink) ?? (sink === vendor || (named?.some((it) => it.trim() === sink) ?? false));
}

function remedy(sink: string, vendor: string, set: FilterSet): string {
  const others = sinksOf(vendor, set).filter((name) => name !== sink);
  const other = others.length === 0 ? '' : `, or name another sink with --sink: ${others.join(', ')}`;
  return sink === vendor
    ? `leave out its sinks: key, or add ${sink} to it${other}`
    : `add ${sink} to the sinks: of one${other}`;
}

/** What a file says of a setting that the environment has for another account. */
function textOf(sink: string, env: string, vendor: string, { parts }: FilterSet): string | undefined {
  const key = registry[vendor]?.keys.find((it) => it.env === env)?.key ?? '';
  return parts.find(({ section, name }) => section === 'sinks' && name === sink)?.texts[key];
}

function accountIn({ account, env }: Given, variable: string, own: string | undefined): number {
  const text = account ?? own ?? valueOf(env, variable);
  if (text === undefined) throw new BadCall(`which account? Pass --account <number>, or set ${variable}`);
  if (!/^[1-9]\d{0,14}$/.test(text))
    throw new BadCall(`${JSON.stringify(text)} is not the number of an account; write digits only`);
  return Number(text);
}
