import * as z from 'zod/mini';
import type { ReadTicket } from '../../../core/ports/tickets/tracker.ts';
import type { Form } from './form.ts';

/** What is read of an issue. */
export const FIELDS = [
  ...['summary', 'status', 'resolution', 'resolutiondate', 'statuscategorychangedate', 'assignee', 'labels'],
  ...['created', 'updated', 'description', 'comment'],
];

const Named = z.object({ name: z.string() });
const Issue = z.object({
  id: z.string(),
  key: z.string().check(z.regex(/^[A-Z][A-Z0-9_]*-\d{1,15}$/)),
  fields: z.object({
    summary: z.optional(z.nullable(z.string())),
    status: z.object({ name: z.string(), statusCategory: z.optional(z.object({ key: z.string() })) }),
    resolution: z.optional(z.nullable(Named)),
    resolutiondate: z.optional(z.nullable(z.string())),
    statuscategorychangedate: z.optional(z.nullable(z.string())),
    assignee: z.optional(z.nullable(z.object({ displayName: z.optional(z.string()) }))),
    labels: z.optional(z.array(z.string())),
    created: z.string(),
    updated: z.string(),
    description: z.optional(z.unknown()),
    comment: z.optional(z.nullable(z.object({ comments: z.array(z.object({ body: z.optional(z.unknown()) })) }))),
  }),
});

/** Null: it is none that can be read. `base`: address of Jira. */
export function ticketIn(json: unknown, base: string, form: Pick<Form, 'plainOf'>): ReadTicket | null {
  const { data } = z.safeParse(Issue, json);
  if (data === undefined) return null;
  const { id, key, fields } = data;
  const { status, comment } = fields;
  const isDone = status.statusCategory?.key === 'done' || (fields.resolution ?? null) !== null;
  const [createdAt, updatedAt] = [instantIn(fields.created), instantIn(fields.updated)];
  if (createdAt === null || updatedAt === null) return null;
  const said = [fields.description, ...(comment?.comments ?? []).map(({ body }) => body)];
  return {
    ...{ id, key, url: `${base}/browse/${key}`, summary: fields.summary ?? '', status: status.name, isDone },
    doneAt: isDone ? (instantIn(fields.resolutiondate) ?? instantIn(fields.statuscategorychangedate)) : null,
    resolution: fields.resolution?.name ?? null,
    assignee: fields.assignee?.displayName ?? null,
    labels: fields.labels ?? [],
    ...{ createdAt, updatedAt },
    text: said.map((it) => form.plainOf(it)).join('\n'),
  };
}

/** Epoch ms; Jira writes `2026-11-20T10:00:00.000+0000`. */
function instantIn(text: string | null | undefined): number | null {
  const at = Date.parse((text ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}
