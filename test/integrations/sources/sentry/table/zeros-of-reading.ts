import type { Reply } from '../../../../support/build/http-mock.ts';

export const NOT_THERE: Reply = { status: 404, body: { detail: 'The requested resource does not exist' } };

export function zeros(reading: {
  readonly totals: readonly { readonly project: string; readonly events: number }[];
}): unknown {
  return reading.totals.map(({ project, events }) => [project, events]);
}
