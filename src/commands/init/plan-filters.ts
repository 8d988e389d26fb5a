import { dirname, relative } from 'node:path';
import { FILTERS_PATH } from '../../config/settings.ts';
import type { SourceProject } from '../../core/ports/source.ts';
import { many } from '../../platform/numbers.ts';
import { type Answers, type Desk, Refused } from './answers.ts';
import type { Call } from './call.ts';
import { chosen, listing, nameable } from './choose-projects.ts';
import { commonEnvironment, filtersText, firstFilters } from './filters-text.ts';
import { askYesOrNo } from './yes-or-no.ts';

/** What becomes of the filters. */
export interface FiltersPlan {
  readonly path: string;
  /** Undefined: what is there stays. */
  readonly text: string | undefined;
  readonly names: readonly string[];
}

/** `schema`: path of the editors' schema; undefined: it is not there. */
export async function planFilters(
  call: Call,
  projects: readonly SourceProject[],
  answers: Answers,
  desk: Desk & { readonly schema: string | undefined },
): Promise<FiltersPlan> {
  const path = pathFor(call, answers);
  if (isThere(path, desk) && !(await mayOverwrite(path, call, desk))) return { path, text: undefined, names: [] };
  const all = nameable(projects);
  const left = projects.length - all.length;
  if (left > 0) desk.say(`   ${many(left, 'project')} left out, whose names no filter can have`);
  desk.say(`${many(all.length, 'project')}:\n${listing(all)}`.trimEnd());
  const some = await choose(call.projects, all, desk);
  const filters = firstFilters(some, answers.get('SENTRY_ORG') ?? '');
  const schema = desk.schema === undefined ? undefined : asWritten(relative(dirname(path), desk.schema));
  return {
    path,
    text: filtersText({ filters, schema, environment: commonEnvironment(some) }),
    names: filters.map(({ name, projects: { length } }) => `${name} (${many(length, 'project')})`),
  };
}

/** The example of a fresh .env is nobody's own file. */
function pathFor({ filters }: Call, answers: Answers): string {
  const set = answers.get('FILTERS');
  return filters ?? (set === undefined || set.endsWith('filters.example.yaml') ? FILTERS_PATH : set);
}

function asWritten(path: string): string {
  return path.startsWith('.') ? path : `./${path}`;
}

export function isThere(path: string, { world: { disk } }: Pick<Desk, 'world'>): boolean {
  try {
    disk.statSync(path);
    return true;
  } catch {
    return false;
  }
}

async function mayOverwrite(path: string, { isOverwriting }: Call, { world, asker, say }: Desk): Promise<boolean> {
  if (!world.disk.statSync(path).isFile()) return false;
  if (isOverwriting) return true;
  if (asker === undefined) return false;
  const question = `${path} is there already. Write it anew?`;
  const isTold = await askYesOrNo({ question, otherwise: 'no' }, { asker, say });
  if (!isTold) say(`   ${path} stays as it is`);
  return isTold;
}

async function choose(
  named: string | undefined,
  all: readonly SourceProject[],
  { asker, say }: Desk,
): Promise<readonly SourceProject[]> {
  let text = named ?? (asker === undefined ? 'all' : undefined);
  for (;;) {
    text ??= await asker!.ask('Projects to count, or teams, with commas between them', 'all');
    const found = chosen(text, all);
    if (typeof found !== 'string') return found;
    if (asker === undefined) throw new Refused(`--projects: ${found}`);
    say(`   ${found}`);
    text = undefined;
  }
}
