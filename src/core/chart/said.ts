import type { DigestChart } from '../model/alerting/digest.ts';
import type { Message } from '../model/alerting/message.ts';

/** A chart, and how its times are told. */
export interface ChartSaid {
  readonly chart: DigestChart;
  /** Whose counts these are. */
  readonly name: string;
  /** IANA name. */
  readonly zone: string;
}

/** Null: the message has none. */
export function chartOf({ digest }: Pick<Message, 'digest'>): ChartSaid | null {
  if (digest?.chart == null) return null;
  const { chart, name, zone } = digest;
  return { chart, name, zone };
}
