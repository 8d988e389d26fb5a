import type { Answer, VendorRequest } from '../http/message.ts';
import { before } from '../sentry-2019/flavour.ts';
import { offsetEvents } from '../sentry-2019/project-events.ts';
import { badRequest } from '../sentry/errors.ts';
import { newest } from '../sentry/flavour.ts';
import { metaOf } from '../sentry/table/columns.ts';
import { tableAnswer } from '../sentry/table/table.ts';
import type { Flavour } from '../sentry/target.ts';
import type { State } from '../world/state.ts';

const DATASETS = ['discover', 'metricsEnhanced', 'metrics', 'profiles', 'issuePlatform'];

/** A self-hosted one of about 2022: a table without a dataset of errors, and lists that look at no dates. */
export const release22: Flavour = {
  ...newest,
  endpoints: {
    ...before(newest.endpoints),
    'events-table': { scope: 'org:read', answer: mixedTable },
    'project-events': { scope: 'project:read', answer: offsetEvents },
  },
};

/** Errors and transactions together; `meta` names no dataset. */
function mixedTable(state: State, request: VendorRequest): Answer {
  const asked = request.query.get('dataset') ?? 'discover';
  if (state.settings.unknownDataset === 'refused' && !DATASETS.includes(asked))
    throw badRequest(`dataset must be one of: ${DATASETS.join(', ')}`);
  return tableAnswer(state, request, 'discover', (columns) => {
    const { dataset: _dataset, datasetReason: _reason, ...meta } = metaOf(columns);
    return meta;
  });
}
