import type { Shelf } from './shelf.ts';
import { Refused, type Status } from './types.ts';

/** Names are of a workflow in German: nobody may go by them. */
export const STATUSES = {
  open: { name: 'Zu erledigen', category: 'new' },
  begun: { name: 'In Arbeit', category: 'indeterminate' },
  done: { name: 'Erledigt', category: 'done' },
} as const satisfies Record<string, Status>;

export interface WorkflowOptions {
  now(): number;
  /** False: what is done stays done. */
  hasWayBack: boolean;
}

/** Ids are those of this workflow. */
interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: Status;
}

/** How issues come from status to status. */
export function workflowOf({ find, touch }: Shelf, options: WorkflowOptions) {
  const transitionsOf = (idOrKey: string): readonly Transition[] => {
    const { category } = find(idOrKey).status;
    return transitionsWith(options.hasWayBack).filter(({ from }) => from.includes(category));
  };
  return {
    transitionsOf,
    transition(idOrKey: string, id: string): void {
      const issue = find(idOrKey);
      const found = transitionsOf(idOrKey).find((it) => it.id === id);
      if (found === undefined) throw new Refused(400, 'It seems that you have tried to perform an illegal operation.');
      issue.status = found.to;
      const isDone = found.to.category === 'done';
      issue.resolution = isDone ? 'Done' : null;
      issue.resolvedAt = isDone ? options.now() : null;
      touch(issue);
    },
  };
}

function transitionsWith(hasWayBack: boolean): readonly (Transition & { readonly from: readonly string[] })[] {
  return [
    { id: '21', name: 'Beginnen', to: STATUSES.begun, from: ['new'] },
    { id: '31', name: 'Abschließen', to: STATUSES.done, from: ['new', 'indeterminate'] },
    ...(hasWayBack ? [{ id: '41', name: 'Wieder öffnen', to: STATUSES.open, from: ['done'] }] : []),
    { id: '51', name: 'Nochmals abschließen', to: STATUSES.done, from: ['done'] },
  ];
}
