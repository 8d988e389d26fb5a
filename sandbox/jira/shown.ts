import type { Field, JiraIssue, JiraKind } from './types.ts';

/** An issue in an answer: only the fields that were asked for. */
export function shown(issue: JiraIssue, fields: readonly string[], self: string): object {
  const all: Readonly<Record<string, unknown>> = {
    summary: issue.summary,
    description: issue.description,
    labels: issue.labels,
    status: { name: issue.status.name, id: '1', statusCategory: { key: issue.status.category, name: 'Kategorie' } },
    resolution: issue.resolution === null ? null : { name: issue.resolution },
    resolutiondate: issue.resolvedAt === null ? null : dateOf(issue.resolvedAt),
    assignee: issue.assignee === null ? null : { displayName: issue.assignee },
    created: dateOf(issue.createdAt),
    updated: dateOf(issue.updatedAt),
    comment: { comments: issue.comments.map(({ id, body }) => ({ id, body })), total: issue.comments.length },
    project: { key: issue.project },
  };
  const asked = fields.filter((field) => Object.hasOwn(all, field));
  return {
    ...{ id: issue.id, key: issue.key, self: `${self}/issue/${issue.id}` },
    fields: Object.fromEntries(asked.map((field) => [field, all[field]])),
  };
}

/** As Jira writes it, in the time zone of a user somewhere. */
function dateOf(at: number): string {
  return new Date(at + 3 * 3_600_000).toISOString().replace('Z', '+0300');
}

/** Fields of the screen on which issues are made, of which Data Center has other names. */
export function metaOf(fields: readonly Field[], kind: JiraKind): object {
  const all = fields.map(({ id, name, required, hasDefault = false, values }) => ({
    ...{ fieldId: id, key: id, name, required, hasDefaultValue: hasDefault },
    ...(values === undefined ? {} : { allowedValues: values.map((value, index) => ({ id: String(index), value })) }),
  }));
  return kind === 'cloud' ? { fields: all, total: all.length } : { values: all, total: all.length, isLast: true };
}
