import { documentFault } from './document-rules.ts';
import { type Field, type JiraKind, Refused } from './types.ts';

/** Of a text at most. */
const MOST_TEXT = 32_767;

export interface Screen {
  readonly kind: JiraKind;
  readonly projects: readonly string[];
  readonly types: readonly string[];
  readonly components: readonly string[];
  readonly priorities: readonly string[];
  /** Besides project, type, summary, description, labels, components, priority and assignee. */
  readonly fields: readonly Field[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Throws what Jira says of fields that it does not take. */
export function judgeNew(fields: Fields, screen: Screen): void {
  const errors: Record<string, string> = {};
  const note = (field: string, fault: string | undefined): void => {
    if (fault !== undefined) errors[field] = fault;
  };
  if (!screen.projects.includes(String(keyIn(fields['project'], 'key')))) note('project', 'valid project is required');
  if (!screen.types.includes(String(keyIn(fields['issuetype'], 'name'))))
    note('issuetype', 'Specify a valid issue type');
  note('summary', summaryFault(fields['summary']));
  note('description', textFault(fields['description'], screen.kind));
  note('labels', labelsFault(fields['labels']));
  note('components', namedFault(fields['components'] ?? [], screen.components));
  note('priority', namedFault([fields['priority'] ?? { name: screen.priorities[0] }], screen.priorities));
  note('assignee', assigneeFault(fields['assignee'], screen.kind));
  const known = ['project', 'issuetype', 'summary', 'description', 'labels', 'components', 'priority', 'assignee'];
  for (const { id, name, required, hasDefault, values } of screen.fields) {
    known.push(id);
    const given = fields[id];
    if (given === undefined && required && hasDefault !== true) note(id, `${name} is required.`);
    if (given !== undefined && values !== undefined && !values.includes(String(keyIn(given, 'value'))))
      note(id, `Specify a valid value for ${name}`);
  }
  for (const field of Object.keys(fields).filter((it) => !known.includes(it)))
    note(field, `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`);
  if (Object.keys(errors).length > 0) throw new Refused(400, null, errors);
}

function summaryFault(summary: unknown): string | undefined {
  if (typeof summary !== 'string' || summary.trim() === '') return 'You must specify a summary of the issue.';
  if (/[\r\n]/.test(summary)) return 'The summary is invalid because it contains newline characters.';
  return summary.length > 255 ? 'Summary must be less than 255 characters.' : undefined;
}

/** Of a description or a comment; absent is good. */
export function textFault(text: unknown, kind: JiraKind): string | undefined {
  if (text === undefined) return undefined;
  if (kind === 'data-center') return typeof text === 'string' ? undefined : 'Operation value must be a string';
  return documentFault(text);
}

/** Throws where a text is too long: then Jira names no field. */
export function judgeLength(text: unknown): void {
  const length = typeof text === 'string' ? text.length : JSON.stringify(text ?? '').length;
  if (length > MOST_TEXT) throw new Refused(400, 'CONTENT_LIMIT_EXCEEDED');
}

function labelsFault(labels: unknown = []): string | undefined {
  if (!Array.isArray(labels)) return 'data was not an array';
  const bad = (labels as readonly unknown[]).find((it) => typeof it !== 'string' || /\s/.test(it) || it.length > 255);
  return bad === undefined ? undefined : `The label '${bad as string}' contains spaces which is invalid.`;
}

function namedFault(given: unknown, known: readonly string[]): string | undefined {
  if (!Array.isArray(given)) return 'data was not an array';
  const bad = (given as readonly unknown[]).find((it) => !known.includes(String(keyIn(it, 'name'))));
  if (bad === undefined) return undefined;
  return typeof bad === 'object' ? `'${String(keyIn(bad, 'name'))}' is not valid` : 'expected Object';
}

function assigneeFault(assignee: unknown, kind: JiraKind): string | undefined {
  if (assignee === undefined) return undefined;
  const key = kind === 'cloud' ? 'accountId' : 'name';
  return typeof keyIn(assignee, key) === 'string' ? undefined : 'The user does not exist.';
}

function keyIn(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Fields)[key] : undefined;
}
