import { judgeLength, judgeNew, textFault } from './create-rules.ts';
import { createShelf, type Shelf, type ShelfOptions } from './shelf.ts';
import { type JiraIssue, Refused } from './types.ts';
import { STATUSES, workflowOf, type WorkflowOptions } from './workflow.ts';

type BookOptions = ShelfOptions & WorkflowOptions;

export type JiraBook = ReturnType<typeof createBook>;

type Json = Readonly<Record<string, unknown>>;

/** The issues of a Jira. */
export function createBook(options: BookOptions) {
  const shelf = createShelf(options);
  const { issues, find, touch } = shelf;
  return {
    ...{ issues, find, touch },
    ...writing(shelf, options),
    ...workflowOf(shelf, options),
    ...byPeople(shelf, options),
  };
}

function writing({ issues, find, touch, nextKey, nextId }: Shelf, options: ShelfOptions) {
  return {
    create(body: Json): JiraIssue {
      const fields = (body['fields'] ?? {}) as Json;
      const project = String((fields['project'] as Json | undefined)?.['key']);
      // A failed create takes a number all the same.
      const key = nextKey(project);
      judgeLength(fields['description']);
      judgeNew(fields, options.screen);
      const issue = newIssue(fields, { id: nextId(), key, project }, options);
      issues.push(issue);
      return issue;
    },
    comment(idOrKey: string, body: unknown): JiraIssue['comments'][number] {
      const issue = find(idOrKey);
      judgeLength(body);
      const fault = textFault(body, options.screen.kind);
      if (fault !== undefined || body === undefined) throw new Refused(400, null, { comment: fault ?? 'missing' });
      const comment = { id: nextId(), body, at: options.now() };
      issue.comments.push(comment);
      touch(issue);
      return comment;
    },
    link(body: Json): void {
      const [inward, outward] = ['inwardIssue', 'outwardIssue'].map((it) => find(String((body[it] as Json)['key'])));
      if ((body['type'] as Json)['name'] !== 'Relates')
        throw new Refused(404, 'No issue link type with that name found.');
      relate(inward!, outward!);
      relate(outward!, inward!);
    },
  };
}

function newIssue(
  fields: Json,
  named: Pick<JiraIssue, 'id' | 'key' | 'project'>,
  { now, lagMs }: ShelfOptions,
): JiraIssue {
  const at = now();
  return {
    ...{ ...named, formerKeys: [], type: String((fields['issuetype'] as Json)['name']) },
    ...{ summary: String(fields['summary']), description: fields['description'] ?? null },
    ...{ labels: (fields['labels'] ?? []) as readonly string[], status: STATUSES.open, resolution: null },
    ...{ resolvedAt: null, assignee: null, comments: [], links: [], fields, createdAt: at, updatedAt: at },
    indexedAt: at + lagMs,
  };
}

function relate(one: JiraIssue, other: JiraIssue): void {
  if (!one.links.includes(other.key)) one.links.push(other.key);
}

/** What people do, whom no request of ours makes do it. */
function byPeople({ issues, find, touch, nextKey }: Shelf, { now }: ShelfOptions) {
  return {
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
      Object.assign(issue, { status: STATUSES.done, resolution, resolvedAt: now() });
      touch(issue);
    },
  };
}
