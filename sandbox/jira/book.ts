import { judgeLength, judgeNew, type Screen, textFault } from './create-rules.ts';
import { type JiraIssue, Refused, type Status } from './types.ts';

/** Names are of a workflow in German: nobody may go by them. */
export const STATUSES = {
  open: { name: 'Zu erledigen', category: 'new' },
  begun: { name: 'In Arbeit', category: 'indeterminate' },
  done: { name: 'Erledigt', category: 'done' },
} as const satisfies Record<string, Status>;

export interface BookOptions {
  now(): number;
  readonly screen: Screen;
  /** How long search is behind, ms. */
  lagMs: number;
  /** False: what is done stays done. */
  hasWayBack: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** The issues of a Jira. */
export function createBook(options: BookOptions) {
  const issues: JiraIssue[] = [];
  const numbers = new Map<string, number>();
  const nextKey = (project: string): string => {
    const number = (numbers.get(project) ?? 0) + 1;
    numbers.set(project, number);
    return `${project}-${number}`;
  };
  const touch = (issue: JiraIssue): void => {
    issue.updatedAt = options.now();
    issue.indexedAt = options.now() + options.lagMs;
  };
  const find = (idOrKey: string): JiraIssue => {
    const found = issues.find(({ id, key, formerKeys }) => [id, key, ...formerKeys].includes(idOrKey));
    if (found === undefined) throw new Refused(404, 'Issue does not exist or you do not have permission to see it.');
    return found;
  };
  let ids = 10_000;
  return {
    issues,
    find,
    touch,
    create(body: Json): JiraIssue {
      const fields = (body['fields'] ?? {}) as Json;
      const project = String((fields['project'] as Json | undefined)?.['key']);
      // A failed create takes a number all the same.
      const key = nextKey(project);
      judgeLength(fields['description']);
      judgeNew(fields, options.screen);
      const at = options.now();
      const issue: JiraIssue = {
        ...{ id: String(++ids), key, formerKeys: [], project, type: String((fields['issuetype'] as Json)['name']) },
        ...{ summary: String(fields['summary']), description: fields['description'] ?? null },
        ...{ labels: (fields['labels'] ?? []) as readonly string[], status: STATUSES.open, resolution: null },
        ...{ resolvedAt: null, assignee: null, comments: [], links: [], fields, createdAt: at, updatedAt: at },
        indexedAt: at + options.lagMs,
      };
      issues.push(issue);
      return issue;
    },
    comment(idOrKey: string, body: unknown): JiraIssue['comments'][number] {
      const issue = find(idOrKey);
      judgeLength(body);
      const fault = textFault(body, options.screen.kind);
      if (fault !== undefined || body === undefined) throw new Refused(400, null, { comment: fault ?? 'missing' });
      const comment = { id: String(++ids), body, at: options.now() };
      issue.comments.push(comment);
      touch(issue);
      return comment;
    },
    /** Ids are those of this workflow. */
    transitionsOf(idOrKey: string): readonly { readonly id: string; readonly name: string; readonly to: Status }[] {
      const { status } = find(idOrKey);
      const all = [
        { id: '21', name: 'Beginnen', to: STATUSES.begun, from: ['new'] },
        { id: '31', name: 'Abschließen', to: STATUSES.done, from: ['new', 'indeterminate'] },
        ...(options.hasWayBack ? [{ id: '41', name: 'Wieder öffnen', to: STATUSES.open, from: ['done'] }] : []),
        { id: '51', name: 'Nochmals abschließen', to: STATUSES.done, from: ['done'] },
      ];
      return all.filter(({ from }) => from.includes(status.category));
    },
    transition(idOrKey: string, id: string): void {
      const issue = find(idOrKey);
      const found = this.transitionsOf(idOrKey).find((it) => it.id === id);
      if (found === undefined) throw new Refused(400, 'It seems that you have tried to perform an illegal operation.');
      issue.status = found.to;
      const isDone = found.to.category === 'done';
      issue.resolution = isDone ? 'Done' : null;
      issue.resolvedAt = isDone ? options.now() : null;
      touch(issue);
    },
    link(body: Json): void {
      const [inward, outward] = ['inwardIssue', 'outwardIssue'].map((it) => find(String((body[it] as Json)['key'])));
      if ((body['type'] as Json)['name'] !== 'Relates')
        throw new Refused(404, 'No issue link type with that name found.');
      for (const [one, other] of [
        [inward!, outward!],
        [outward!, inward!],
      ] as const)
        if (!one.links.includes(other.key)) one.links.push(other.key);
    },
    /** A person does it. */
    move(idOrKey: string, project: string): void {
      const issue = find(idOrKey);
      issue.formerKeys.push(issue.key);
      issue.key = nextKey(project);
      issue.project = project;
      touch(issue);
    },
    remove(idOrKey: string): void {
      issues.splice(issues.indexOf(find(idOrKey)), 1);
    },
    resolve(idOrKey: string, resolution: string): void {
      const issue = find(idOrKey);
      Object.assign(issue, { status: STATUSES.done, resolution, resolvedAt: options.now() });
      touch(issue);
    },
  };
}

export type JiraBook = ReturnType<typeof createBook>;
