import type { JsonObject, JsonValue } from '../../../core/model/item.ts';
import type { NewTicket } from '../../../core/ports/tickets/tracker.ts';
import type { Form } from './form.ts';
import type { Settings } from '../../vendors/jira/settings.ts';

/** Fields of which Jira wants an object with a name, where a file has the name. */
const NAMED = ['priority', 'reporter', 'security'];
/** And those of which it wants a list of such. */
const LISTED = ['components', 'versions', 'fixVersions'];

/** The body that makes a ticket. What a team has goes before what all have. */
export function newIssue(ticket: NewTicket, { fields, teams, labels, issueType }: Settings, form: Form): JsonObject {
  const team = ticket.team === null ? undefined : teams[ticket.team];
  const own: JsonObject = {
    ...fields,
    ...team?.fields,
    ...(team?.assignee === undefined ? {} : { assignee: team.assignee }),
    ...(team?.component === undefined ? {} : { components: [team.component] }),
  };
  const wished = Object.entries(own).map(([name, value]) => [name, valueOf(name, value, form)]);
  return {
    fields: {
      ...(Object.fromEntries(wished) as JsonObject),
      project: { key: ticket.project },
      issuetype: { name: issueType },
      summary: ticket.summary,
      description: form.textOf(ticket.text),
      labels: [...new Set([...ticket.labels, ...labels])],
    },
  };
}

function valueOf(name: string, value: JsonValue, form: Form): JsonValue {
  if (name === 'assignee' && typeof value === 'string') return form.assigneeOf(value);
  if (NAMED.includes(name) && typeof value === 'string') return { name: value };
  if (!LISTED.includes(name)) return value;
  const all = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return all.map((it) => (typeof it === 'string' ? { name: it } : it));
}
