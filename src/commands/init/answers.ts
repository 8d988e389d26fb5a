import { givenBy } from '../../app/assemble.ts';
import { hintFor } from '../../app/examine/misspelt.ts';
import type { World } from '../../app/world.ts';
import { type Env, SettingsError, valueOf, type Variable } from '../../config/schema.ts';
import { sinks } from '../../integrations/sinks/index.ts';
import { sources } from '../../integrations/sources/index.ts';
import type { Asker } from './asker.ts';

/** Nobody can be asked, or asking again does not help. The message says what to do. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The settings as far as they are known, and who may be asked for the rest. */
export interface Answers {
  /** Secrets from files are not filled in. */
  env(): Env;
  get(variable: string): string | undefined;
  set(variable: string, value: string): void;
  /** Asks for it unless it is known and right. Throws a Refused when there is nobody to ask. */
  fill(variable: string): Promise<void>;
  /** Asks although it is known. `offered`: what Enter means, instead of what is known. */
  ask(variable: string, offered?: string): Promise<void>;
  /** What was set. */
  readonly wanted: ReadonlyMap<string, string>;
}

export interface Desk {
  readonly world: World;
  /** Undefined: nobody is there. */
  readonly asker: Asker | undefined;
  say(line: string): void;
}

const PLUGINS = [...Object.values(sources), ...Object.values(sinks)];

/** `before`: what there is before anybody is asked. */
export function createAnswers(before: Env, { world, asker, say }: Desk): Answers {
  const wanted = new Map<string, string>();
  const env = (): Env => ({ ...before, ...Object.fromEntries(wanted) });
  const get = (name: string): string | undefined => valueOf(expanded(env(), world), name);
  const ask = async (name: string, offered?: string): Promise<void> => {
    const variable = variableOf(name);
    const fault = get(name) === undefined ? undefined : faultOf(name, expanded(env(), world));
    if (asker === undefined) throw new Refused(`${name} ${fault ?? missing(variable, env())}`);
    if (fault !== undefined) say(`   ${name} ${fault}`);
    const question = `${variable.doc} (${name})`;
    const known = fault === undefined ? get(name) : undefined;
    const otherwise = offered ?? known ?? variable.default ?? undefined;
    const answer = variable.sensitive ? await asker.askSecret(question) : await asker.ask(question, otherwise);
    if (answer !== '') wanted.set(name, answer);
  };
  return {
    env,
    get,
    ask,
    wanted,
    set: (name, value) => void wanted.set(name, value),
    async fill(name) {
      while (get(name) === undefined || faultOf(name, expanded(env(), world)) !== undefined) await ask(name);
    },
  };
}

function expanded(env: Env, { disk }: World): Env {
  return givenBy({ env, disk }).env;
}

function variableOf(name: string): Variable {
  return PLUGINS.flatMap(({ variables }) => variables).find(({ env }) => env === name)!;
}

function missing({ env: name, sensitive }: Variable, env: Env): string {
  const option = { SENTRY_ORG: 'pass --org', SENTRY_AUTH_TOKEN: 'pipe it in with --token-stdin' }[name];
  const ways = [...(option === undefined ? [] : [option]), 'set it', ...(sensitive ? [`set ${name}_FILE`] : [])];
  return `is not given; ${ways.join(', or ')}${hintFor(name, env, { parts: [], lostParts: [] })}`;
}

/** What is wrong with the value of one variable. */
function faultOf(name: string, env: Env): string | undefined {
  return PLUGINS.flatMap((plugin) => faultsOf(plugin, env)).find(({ variable }) => variable === name)?.text;
}

function faultsOf(plugin: (typeof PLUGINS)[number], env: Env): SettingsError['faults'] {
  try {
    plugin.read(env);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}
