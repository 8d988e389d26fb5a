import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { assemble } from '../../app/assemble.ts';
import { StartError } from '../../app/start-error.ts';
import { SILENT } from '../../app/by-hand/silent.ts';
import type { World } from '../../app/world.ts';
import { type Env, valueOf } from '../../config/schema.ts';
import { type Finding, spoken } from '../../core/ports/finding.ts';
import { sinks } from '../../integrations/sinks/index.ts';
import { sources } from '../../integrations/sources/index.ts';
import { called } from '../called.ts';
import { createAnswers, type Desk, Refused } from './answers.ts';
import { askDryRun, askSinks } from './ask-sinks.ts';
import { askSentry } from './ask-sentry.ts';
import { type Call, OPTION_OF } from './call.ts';
import { mergeEnv } from './env-text.ts';
import { type FiltersPlan, isThere, planFilters } from './plan-filters.ts';
import { writeWhole } from './write-files.ts';

const ENV = '.env';
const OWNER_ONLY = 0o600;

/** Asks, writes, and checks what was written. Gives back the exit code. Throws what must be mended first. */
export async function setUp(call: Call, desk: Desk): Promise<number> {
  const { world, say } = desk;
  const text = textOf(ENV, desk);
  const kept = parseEnv(text);
  const given = givenValues(call, kept, world.env);
  refuseConflicts(given, kept, call);
  const answers = createAnswers({ ...kept, ...world.env, ...given }, desk);
  const projects = await askSentry(answers, desk);
  const plan = await planFilters(call, projects, answers, { ...desk, schema: editorsSchema(import.meta.dirname) });
  await askSinks(answers, desk);
  await askDryRun(answers, desk);
  const wanted = { ...given, ...Object.fromEntries(answers.wanted), FILTERS: plan.path };
  const merged = mergeEnv(text, wanted);
  writeFilters(plan, say);
  writeWhole(ENV, merged.text, OWNER_ONLY);
  say(`${ENV} (for this user alone): ${merged.written.join(', ') || 'stays as it is'}`);
  return check({ ...kept, ...world.env, ...wanted }, desk);
}

/** '': there is none. */
function textOf(path: string, desk: Desk): string {
  if (!isThere(path, desk)) return '';
  try {
    return Buffer.from(desk.world.disk.readFileSync(path)).toString();
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    throw new Refused(`${path} cannot be read (${code}); check its rights`);
  }
}

/** Of options and environment: what a filled .env would say. A secret from a file stays in that file. */
function givenValues({ values }: Call, kept: NodeJS.Dict<string>, env: Env): Record<string, string> {
  const plugins = [...Object.values(sources), ...Object.values(sinks)].flatMap(({ variables }) => variables);
  const names = plugins.flatMap((it) => (it.sensitive ? [it.env, `${it.env}_FILE`] : [it.env]));
  const pairs = names.flatMap((name): [string, string][] => {
    const value = valueOf(env, name);
    return value === undefined || value === valueOf(kept, name) ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(pairs), ...values };
}

function refuseConflicts(given: Readonly<Record<string, string>>, kept: NodeJS.Dict<string>, call: Call): void {
  const conflicts = Object.keys(given).filter((name) => (valueOf(kept, name) ?? given[name]) !== given[name]);
  if (conflicts.length === 0 || call.isOverwriting) return;
  const verb = conflicts.length === 1 ? 'has another value' : 'have other values';
  const ways = conflicts.map((name) => (name in call.values ? `leave out ${OPTION_OF[name]}` : `unset ${name}`));
  const all = ways.join(' and ');
  const it = conflicts.length === 1 ? 'it' : 'them';
  throw new Refused(`${conflicts.join(', ')} ${verb} in ${ENV}; ${all}, or pass --overwrite to replace ${it} there`);
}

function writeFilters({ path, text, names }: FiltersPlan, say: Desk['say']): void {
  if (text === undefined) say(`${path}: is there already and stays as it is; --overwrite writes it anew`);
  else {
    writeWhole(path, text);
    say(`${path}: ${names.join(', ')}`);
  }
}

/** What was written is read as the service would. */
function check(env: Env, { world, say }: Desk): number {
  const { faults, warnings } = readAll({ ...world, env });
  for (const line of warnings) say(`warning  ${line}`);
  for (const line of faults) say(`fault    ${line}`);
  if (faults.length > 0) say(`${faults.length} to mend; then: ${called('check', world)}`);
  else say(`Look at what the filters find, nothing is sent: ${called('preview', world)}`);
  return faults.length > 0 ? 1 : 0;
}

function readAll(world: World): Readonly<Record<'faults' | 'warnings', readonly string[]>> {
  try {
    const { filters, redact, oddities } = assemble({ ...world, out: SILENT });
    const lines = (all: typeof filters.faults) => all.map(({ where, text }) => redact(`${where}: ${text}`));
    const odd = (kind: Finding['status']) =>
      oddities
        .filter(({ status }) => status === kind)
        .map(spoken)
        .map(redact);
    return {
      faults: [...odd('failed'), ...lines(filters.faults)],
      warnings: [...odd('warning'), ...lines(filters.warnings)],
    };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { faults: error.faults, warnings: [] };
  }
}

/** Beside the program: a build lies in another folder than the source. */
function editorsSchema(folder: string): string | undefined {
  const file = join(folder, 'config/filters.schema.json');
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : editorsSchema(dirname(folder));
}
