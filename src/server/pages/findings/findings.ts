import type { PageData } from '../data/model.ts';
import type { View } from '../view/view.ts';
import type { Answer, Finding } from './finding.ts';
import { alerts } from './alerts.ts';
import { ledger } from './ledger.ts';
import { right } from './right.ts';
import { running } from './running.ts';
import { sceneOf } from './scene.ts';
import { trends } from './trends.ts';

/**
 * The verdicts on what a page shows. Of an instant that is over only those of its window are given: whether the service
 * runs and the ledger works is asked of now.
 */
export function findingsOf(data: PageData, view: View = {}): readonly Finding[] {
  const scene = sceneOf(data, view);
  const answers: readonly (readonly [Finding['question'], Answer | null])[] = isGone(data)
    ? [['right', GONE]]
    : [
        ['running', scene.isPast ? null : running(scene)],
        ['right', right(scene)],
        ['trending', trends(scene)],
        ['alerts', alerts(scene)],
        ['ledger', scene.isPast ? null : ledger(scene)],
      ];
  return answers.flatMap(([question, answer]) => (answer === null ? [] : [{ question, ...answer }]));
}

function isGone({ filters }: PageData): boolean {
  return filters.length > 0 && filters.every(({ configured }) => !configured);
}

const GONE: Answer = {
  health: 'idle',
  head: 'Not in force',
  sentences: [{ text: 'No filters file of this server names it any more: it is no longer counted here.' }],
};
