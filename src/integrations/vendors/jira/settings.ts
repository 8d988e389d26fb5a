import * as z from 'zod/mini';
import { commaList, type Format, inWords, plain, text } from '../../../config/formats.ts';
import type { JsonObject, JsonValue } from '../../../core/model/item.ts';

export interface Settings {
  readonly url: string;
  /** Of Cloud; undefined: it is Data Center. */
  readonly user: string | undefined;
  readonly key: string;
  readonly project: string;
  readonly issueType: string;
  readonly labels: readonly string[];
  readonly fields: JsonObject;
  readonly teams: Readonly<Record<string, Team>>;
  readonly wontDo: readonly string[];
  /** Secret of Jira's webhook; undefined: there is none. */
  readonly webhook: string | undefined;
}

/** The same as a file has it. */
export interface Written extends Omit<Settings, 'labels' | 'fields' | 'teams'> {
  readonly labels: Settings['labels'] | undefined;
  readonly fields: Settings['fields'] | undefined;
  readonly teams: Settings['teams'] | undefined;
}

/** What a ticket for a team has besides. */
export interface Team {
  readonly assignee?: string | undefined;
  readonly component?: string | undefined;
  readonly fields?: JsonObject | undefined;
}

export const projectKey = text(/[A-Z][A-Z0-9_]{1,49}/, 'the key of a project of Jira, such as CRM');

export const labelList = commaList(
  text(/[^\s,]{1,200}/, 'a label without blanks, at most 200 characters, such as monitoring'),
);

export const resolutions = commaList(plain);

const Json: z.ZodMiniType<JsonValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(Json), z.record(z.string(), Json)]),
);
const Fields = z.record(z.string(), Json);
const Teams = z.record(
  z.string(),
  z.strictObject({ assignee: z.optional(z.string()), component: z.optional(z.string()), fields: z.optional(Fields) }),
);

/** Set by us, or by a key of its own. */
const OURS = ['project', 'issuetype', 'summary', 'description', 'labels'];
const FIELD = /^[A-Za-z][A-Za-z0-9_]{0,99}$/;

function faultOfFields(fields: JsonObject): string | undefined {
  const names = Object.keys(fields);
  const own = names.find((name) => OURS.includes(name.toLowerCase()));
  if (own !== undefined)
    return `${own} is not for fields; a ticket has its own, and labels, issueType and project are keys`;
  const odd = names.find((name) => !FIELD.test(name));
  return odd === undefined
    ? undefined
    : `${JSON.stringify(odd.slice(0, 60))} is no id of a field; write one such as priority or customfield_10011`;
}

export const fieldMap: Format<JsonObject> = mapFormat('a map of fields: their ids and values', (json) => {
  const fields = z.parse(Fields, json);
  const fault = faultOfFields(fields);
  if (fault !== undefined) throw new Error(fault);
  return fields;
});

export const teamMap: Format<Settings['teams']> = mapFormat('a map of teams, by name', (json) => {
  const found = z.safeParse(Teams, json);
  if (!found.success) {
    const [team = '', key = ''] = found.error.issues[0]!.path.map(String);
    throw new Error(
      `${JSON.stringify(`${team}${key && `.${key}`}`)} does not fit; a team is { assignee, component, fields }`,
    );
  }
  for (const [team, { fields = {} }] of Object.entries(found.data)) {
    if (!/^[a-zA-Z0-9][\w .-]{0,59}$/.test(team))
      throw new Error(
        `${JSON.stringify(team.slice(0, 60))} is no name of a team; write letters, digits, blanks, . _ -`,
      );
    const fault = faultOfFields(fields);
    if (fault !== undefined) throw new Error(`${team}: ${fault}`);
  }
  return found.data;
});

function mapFormat<T>(looks: string, read: (json: unknown) => T): Format<T> {
  const format = inWords(looks, (given) => read(JSON.parse(given)), { type: 'object' });
  return Object.assign(format, { isMap: true as const });
}
