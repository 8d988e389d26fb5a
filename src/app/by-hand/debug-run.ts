import type { Order } from '../../core/ports/order.ts';
import { answerBody } from '../../server/api/run-answer.ts';
import type { Program } from '../assemble.ts';
import type { World } from '../world.ts';

/** What a debug run found. */
export interface DebugAnswer {
  /** As `POST /run?debug=true` answers, without secrets. */
  readonly json: string;
  /** Every filter was read. */
  readonly isRead: boolean;
}

/** One window, shown to whoever started the process; nothing is sent. */
export async function debugAnswer(
  order: Omit<Order, 'kind'>,
  { runner, filters, redact }: Program,
  { server, uuid }: Pick<World, 'server' | 'uuid'>,
): Promise<DebugAnswer> {
  const result = await runner.run({ ...order, kind: 'debug' }, uuid());
  const body = answerBody(result, { server, debug: true, faults: filters.faults });
  return { json: redact(JSON.stringify(body)), isRead: result.reports.every(({ report }) => report !== null) };
}
