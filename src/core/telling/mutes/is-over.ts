import type { Mute } from '../../model/alerting/rule.ts';

/** Whether its time is over at that instant, epoch ms; one that ends otherwise is not over by time. */
export function isOver({ until }: Pick<Mute, 'until'>, now: number): boolean {
  return until.kind === 'instant' && until.at <= now;
}
