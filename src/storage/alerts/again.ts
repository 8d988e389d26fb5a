import { subjectIn } from '../../core/model/alerting/alert.ts';
import type { KeptTelling, OpenChannel } from '../../core/ports/alerting/outbox.ts';

/** An episode that lasts; `since`: start of its first window, epoch ms. */
export interface Lasting {
  readonly id: string;
  readonly since: number;
}

/** Tellings of an end; whether the same subject fires again is asked of no other. */
export function endsIn(tellings: readonly KeptTelling[]): readonly KeptTelling[] {
  return tellings.filter(({ news }) => news === 'resolved');
}

/** As `OpenChannel.again`; `lasting`: what the channel was told of. */
export function againAfter(ends: readonly KeptTelling[], lasting: readonly Lasting[]): OpenChannel['again'] {
  const begins = new Map(lasting.map(({ id, since }) => [subjectIn(id), since]));
  return new Map(
    ends.flatMap(({ alert: { id, since } }): [string, number][] => {
      const later = begins.get(subjectIn(id));
      return later !== undefined && later > Date.parse(since) ? [[id, later]] : [];
    }),
  );
}
