import * as z from 'zod/mini';
import { cleanText, shortText } from '../../../core/alerts/words/clean-text.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Tracked } from '../../../core/ports/tickets/tracker.ts';
import type { Made } from '../../plugin.ts';
import { createApi, type Json } from './api.ts';
import { formOf } from './form.ts';
import type { Settings, Written } from '../../vendors/jira/settings.ts';

/** Cloud and Data Center say the same under other names. */
const Types = z.array(z.object({ id: z.string(), name: z.string() }));
const Fields = z.array(
  z.object({
    fieldId: z.string(),
    name: z.string(),
    required: z.boolean(),
    hasDefaultValue: z.optional(z.boolean()),
    allowedValues: z.optional(z.array(z.object({ name: z.optional(z.string()), value: z.optional(z.string()) }))),
  }),
);
type Field = z.infer<typeof Fields>[number];

/** What each ticket has, and Jira itself fills in. */
const GIVEN = ['project', 'issuetype', 'summary', 'description', 'labels', 'reporter'];
const MOST_VALUES = 20;

/** Whether Jira takes the key, has the project and type, and wants fields that the file does not give. */
export async function* examine({ settings, deps, name }: Made<Written>, scope: Scope): AsyncGenerator<Finding> {
  const { fields = {}, teams = {}, labels = [], project, issueType } = settings;
  const whole: Settings = { ...settings, fields, teams, labels };
  const ask = createApi(whole, formOf(settings), deps, name);
  const get = async (path: string): Promise<Tracked<Json>> => {
    const found = await ask({ method: 'GET', path, isChange: false }, scope);
    return found.status === 'missing' ? { status: 'refused', why: found.why, fields: {} } : found;
  };
  const base = `issue/createmeta/${project}/issuetypes`;
  const types = await get(base);
  if (types.status !== 'done') {
    yield failed(name, 'key', types.why.replace(`${name}: `, ''));
    return;
  }
  const all = z.safeParse(Types, types.value['issueTypes'] ?? types.value['values']).data ?? [];
  const type = all.find((it) => it.name === issueType);
  if (type === undefined) {
    const known = all.map((it) => shown(it.name)).join(', ') || 'none that we may make tickets of';
    yield failed(name, 'issueType', `${project} has no type ${JSON.stringify(issueType)}; it has ${known}`);
    return;
  }
  yield { check: `${name} project`, status: 'ok', say: `${project} takes tickets of the type ${shown(issueType)}` };
  const screen = await get(`${base}/${encodeURIComponent(type.id)}`);
  const meta = screen.status === 'done' ? (screen.value['fields'] ?? screen.value['values']) : undefined;
  yield* fieldFindings(name, z.safeParse(Fields, meta).data ?? null, whole);
}

function* fieldFindings(check: string, known: readonly Field[] | null, settings: Settings): Generator<Finding> {
  if (known === null) {
    yield { check: `${check} fields`, status: 'warning', say: 'does not say which fields a ticket needs' };
    return;
  }
  const { fields, teams } = settings;
  const wanted = known.filter((it) => it.required && it.hasDefaultValue !== true && !GIVEN.includes(it.fieldId));
  const missing = wanted.filter((it) => !Object.hasOwn(fields, it.fieldId));
  const strange = Object.keys(fields).filter((id) => !known.some(({ fieldId }) => fieldId === id));
  for (const field of missing) {
    const { fieldId, name } = field;
    const isOfTeams = Object.values(teams).some((team) => Object.hasOwn(team.fields ?? {}, fieldId));
    const who = isOfTeams ? 'is given for some teams only' : 'is not given';
    yield failed(check, 'fields', `${fieldId} (${shown(name)}) is required and ${who}; ${valuesOf(field)}`);
  }
  for (const id of strange)
    yield failed(check, 'fields', `${id} is not on the screen on which tickets are made; remove it, or add it there`);
  if (missing.length + strange.length === 0)
    yield { check: `${check} fields`, status: 'ok', say: `all ${wanted.length} that are required are given` };
}

function valuesOf({ allowedValues = [] }: Field): string {
  const names = allowedValues.flatMap(({ name, value }) => value ?? name ?? []).map(shown);
  if (names.length === 0) return 'write a value for it under fields';
  const more = names.length - MOST_VALUES;
  return `it takes ${names.slice(0, MOST_VALUES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function failed(name: string, key: string, say: string): Finding {
  return { check: `${name} ${key}`, status: 'failed', variable: `tickets.jira.${key}`, say };
}

function shown(text: string): string {
  return shortText(cleanText(text), 80);
}
