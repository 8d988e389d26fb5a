import * as z from 'zod/mini';
import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { IssueReturn } from '../../../../core/model/reading.ts';
import { HOUR_MS, type Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import { type Client, queuedAs } from '../api/client.ts';
import { instantOf } from '../api/instant.ts';

export interface ReturnsFound {
  /** An issue whose history tells of no return is not here. */
  readonly returns: ReadonlyMap<string, readonly IssueReturn[]>;
  readonly gaps: readonly Gap[];
}

/** When issues came back, by their own histories: a request an issue, because no list has them. */
export interface IssueReturns {
  /** What is known must not be older than the window's end. What cannot be read is a gap. */
  of(issueIds: readonly string[], window: Window, scope: Scope): Promise<ReturnsFound>;
}

/** A history may be this old where it is young enough for the window, ms. */
const KEEP_MS = 600_000;
const MAX_KEPT = 5_000;

const History = z.object({
  activity: z.nullish(z.array(z.object({ type: z.nullish(z.string()), dateCreated: z.nullish(z.string()) }))),
});

type Returns = readonly IssueReturn[];

export function createReturns(client: Client, { now }: Pick<Clock, 'now'>): IssueReturns {
  /** In the order in which they were asked for. */
  const kept = new Map<string, { readonly at: number; readonly returns: Promise<Returns> }>();
  const prune = (): void => {
    for (const [id, { at }] of kept) {
      if (at > now() - HOUR_MS && kept.size <= MAX_KEPT) return;
      kept.delete(id);
    }
  };
  const one = (id: string, { end }: Window, scope: Scope): Promise<Returns> => {
    const known = kept.get(id);
    if (known !== undefined && known.at >= end && known.at > now() - KEEP_MS) return known.returns;
    const returns = ask(id, client, scope);
    kept.delete(id);
    kept.set(id, { at: now(), returns });
    // A failure is not kept.
    returns.catch(() => kept.get(id)?.returns === returns && kept.delete(id));
    return returns;
  };
  return {
    async of(issueIds, window, scope) {
      prune();
      const asked = issueIds.map((id) => one(id, window, scope));
      const answers = await Promise.allSettled(asked);
      const found = answers.flatMap((answer, index): [string, Returns][] =>
        answer.status === 'fulfilled' && answer.value.length > 0 ? [[issueIds[index]!, answer.value]] : [],
      );
      const failed = answers.filter((answer) => answer.status === 'rejected');
      return { returns: new Map(found), gaps: failed.length === 0 ? [] : [lost(failed.length, failed[0]!.reason)] };
    },
  };
}

async function ask(id: string, client: Client, scope: Scope): Promise<Returns> {
  const params = ['stats', 'tags', 'release'].map((part): [string, string] => ['collapse', part]);
  const { body } = await client.get(client.url('issues', id), params, queuedAs(scope, PRIORITY.details));
  return returnsIn(History.safeParse(body).data?.activity ?? []);
}

/** After these any event brings the issue back; after the other ways to resolve it only one of a newer release. */
const WHOLLY_RESOLVED: ReadonlySet<string> = new Set(['set_resolved', 'set_resolved_by_age']);

function returnsIn(activity: NonNullable<z.infer<typeof History>['activity']>): Returns {
  const entries = activity.flatMap(({ type, dateCreated }) => {
    const at = instantOf(dateCreated);
    return at === null ? [] : [{ type: type ?? '', at }];
  });
  const resolved = entries.filter(({ type }) => type.startsWith('set_resolved')).toSorted((a, b) => b.at - a.at);
  return entries
    .filter(({ type }) => type === 'set_regression')
    .map(({ at }) => {
      const last = resolved.find((it) => it.at <= at);
      return { at, resolvedAt: last !== undefined && WHOLLY_RESOLVED.has(last.type) ? last.at : null };
    });
}

function lost(count: number, error: unknown): Gap {
  const detail = `when ${count} issues came back, which is inferred now: ${faultOf(error).message}`;
  return { part: 'details', reason: 'not_answered', detail };
}
