import { UpstreamError } from '../../../core/model/errors.ts';
import { failed, type Finding } from '../../../core/ports/finding.ts';
import type { HttpAnswer } from '../../../platform/http/client.ts';
import { endpointsOf } from './endpoints.ts';
import { hasUrls, type Keyed } from './key.ts';

/** Posts no record to an API. Rejects with an UpstreamError. */
export type PostNothing = (api: 'events' | 'metrics') => Promise<HttpAnswer>;

/** An API took the key; or why not. */
type Taken = 'yes' | { readonly error: unknown };

/**
 * Key, account and region, by a post without records to either API: the Event API looks at the key and at the account,
 * the Metric API at the key alone.
 */
export async function* examine(settings: Keyed, name: string, post: PostNothing): AsyncGenerator<Finding> {
  const [events, metrics] = await Promise.all([taken(() => post('events')), taken(() => post('metrics'))]);
  const { accountId, region } = settings;
  if (events === 'yes' && metrics === 'yes') {
    yield {
      check: `${name} key`,
      status: 'ok',
      variable: 'NEW_RELIC_LICENSE_KEY',
      say: `taken for account ${accountId} by Event API and Metric API${hasUrls(settings) ? '' : `, region ${region}`}`,
    };
  } else if (isRefused(events) && metrics === 'yes') {
    const say =
      `is ${accountId}, and the key is not one of this account, although New Relic knows it; ` +
      'set the number of the account that it belongs to';
    yield { check: `${name} account`, status: 'failed', variable: 'NEW_RELIC_ACCOUNT_ID', say };
  } else if (isRefused(events) || isRefused(metrics)) {
    yield failed(name, 'key', 'NEW_RELIC_LICENSE_KEY', errorOf(isRefused(events) ? events : metrics));
  } else {
    const { events: eventApi, metrics: metricApi } = endpointsOf(settings);
    if (events !== 'yes') yield failed(name, 'Event API', eventApi!.urlVariable, events.error);
    if (metrics !== 'yes') yield failed(name, 'Metric API', metricApi!.urlVariable, metrics.error);
  }
}

/** NOTE: a 400 comes after the look at the key: it is about the records, and there are none. */
async function taken(post: () => Promise<HttpAnswer>): Promise<Taken> {
  try {
    await post();
    return 'yes';
  } catch (error) {
    return error instanceof UpstreamError && error.status === 400 ? 'yes' : { error };
  }
}

function isRefused(it: Taken): boolean {
  const error = errorOf(it);
  return error instanceof UpstreamError && (error.status === 401 || error.status === 403);
}

function errorOf(it: Taken): unknown {
  return it === 'yes' ? undefined : it.error;
}
