import type { Deploy } from '../../model/alerting/deploy.ts';
import type { Filter } from '../../model/filter.ts';
import type { JsonObject } from '../../model/item.ts';
import { isoOf } from '../../model/window.ts';
import type { Outbox } from '../../ports/alerting/outbox.ts';
import { BadWords, bounded, checkKeys, countOf, quoted, textOf, type Words } from '../asked/words.ts';

export interface DeployDeps {
  readonly outbox: Pick<Outbox, 'deploys' | 'deploy'>;
  readonly filters: readonly Pick<Filter, 'name' | 'team'>[];
  readonly now: number;
}

/** A mark that nobody ends cannot hold alerts back for long. */
const MOST_MINUTES = 24 * 60;
const USUAL_MINUTES = 30;

/**
 * Marks a release: `filter` or `team`, `release`, and for how many `minutes`. Said again, the same mark ends later.
 * Throws a BadWords; rejects when the ledger is away.
 */
export async function deployBy(words: Words, { outbox, filters, now }: DeployDeps): Promise<Deploy> {
  checkKeys(words, ['filter', 'team', 'release', 'minutes']);
  const what = scopeOf(words, filters);
  const release = bounded('release', textOf(words, 'release') ?? '', 200);
  const minutes = words['minutes'] === undefined ? USUAL_MINUTES : countOf(words, 'minutes', MOST_MINUTES);
  const id = JSON.stringify([what.kind, what.name, release]);
  const known = (await outbox.deploys(now)).find((it) => it.id === id);
  const deploy = { id, what, release, since: known?.since ?? now, until: now + minutes * 60_000 };
  await outbox.deploy(deploy);
  return deploy;
}

function scopeOf(words: Words, filters: DeployDeps['filters']): Deploy['what'] {
  const given = (['filter', 'team'] as const).filter((key) => words[key] !== undefined);
  const [kind] = given;
  if (kind === undefined || given.length > 1)
    throw new BadWords(`${kind === undefined ? 'says not what is released' : 'says both'}; write filter or team`);
  const name = bounded(kind, textOf(words, kind)!, 400);
  const names = [...new Set(filters.flatMap((it) => (kind === 'filter' ? it.name : (it.team ?? []))))];
  if (names.includes(name)) return { kind, name };
  const there = names.length === 0 ? 'is none' : `are ${names.join(', ')}`;
  throw new BadWords(`no ${kind} is named ${quoted(name)}; there ${there}`);
}

/** As answers have it. */
export function deployBody({ what, release, since, until }: Deploy): JsonObject {
  return { [what.kind]: what.name, release, since: isoOf(since), until: isoOf(until) };
}
