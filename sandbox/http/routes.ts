import type { Fault } from './faults.ts';
import { anodotMetrics } from '../anodot/metrics.ts';
import { newRelicEvents } from '../newrelic/events.ts';
import { newRelicMetrics } from '../newrelic/metrics.ts';
import { cronCheckIn, pingCheck } from '../pings/pings.ts';
import { executeWebhook } from '../discord/webhook.ts';
import { sesAccount, sesSend } from '../mail/ses.ts';
import { enqueueEvent } from '../pagerduty/events.ts';
import { ANSWERS_PATH, slackAnswer } from '../slack/answers.ts';
import { slackApi } from '../slack/web-api.ts';
import { slackWebhook } from '../slack/webhook.ts';
import { runWorkflow } from '../teams/workflow.ts';
import { telegramBot } from '../telegram/bot-api.ts';
import { receiveHook } from '../webhook/receiver.ts';
import { takeEnvelope } from '../sentry/envelope.ts';
import { sentryAnswer, sentryEndpoint } from '../sentry/router.ts';
import type { State } from '../world/state.ts';
import type { Endpoint, Vendor } from '../types.ts';
import { type Answer, json, type VendorRequest } from './message.ts';

/** Whose request this is. The fault is only for parts that shape their answer by it. */
export type Route = {
  readonly vendor: Vendor;
  readonly endpoint: Endpoint;
  answer(state: State, request: VendorRequest, fault: Fault | undefined): Answer;
};

/** Sentry has everything below /api/0/, Anodot /api/v1/, New Relic /v1/ and /metric/; hooks and pings are the rest. */
export function routeOf(path: string): Route | undefined {
  if (path.startsWith('/api/0/') || path === '/api/0') {
    return { vendor: 'sentry', endpoint: sentryEndpoint(path), answer: sentryAnswer };
  }
  if (/^\/api\/\d+\/envelope\/$/.test(path)) return { vendor: 'sentry', endpoint: 'envelope', answer: takeEnvelope };
  if (path === '/api/v1/metrics') {
    return {
      vendor: 'anodot',
      endpoint: 'anodot-metrics',
      answer: (state, request, fault) => anodotMetrics(state, request, partial(fault)),
    };
  }
  if (path === '/metric/v1') return { vendor: 'newrelic', endpoint: 'nr-metrics', answer: newRelicMetrics };
  const account = /^\/v1\/accounts\/(\d+)\/events$/.exec(path)?.[1];
  if (account !== undefined) {
    return {
      vendor: 'newrelic',
      endpoint: 'nr-events',
      answer: (state, request) => newRelicEvents(state, request, account),
    };
  }
  if (path.startsWith('/hook/')) return { vendor: 'webhook', endpoint: 'hook', answer: receiveHook };
  if (path.startsWith('/slack/api/')) return { vendor: 'slack', endpoint: 'slack-api', answer: slackApi };
  if (path.startsWith(ANSWERS_PATH)) return { vendor: 'slack', endpoint: 'slack-answers', answer: slackAnswer };
  if (path.startsWith('/services/')) return { vendor: 'slack', endpoint: 'slack-webhook', answer: slackWebhook };
  if (path.startsWith('/telegram/')) return { vendor: 'telegram', endpoint: 'telegram-bot', answer: telegramBot };
  if (path === '/v2/email/account') return { vendor: 'mail', endpoint: 'ses', answer: sesAccount };
  if (path === '/v2/email/outbound-emails') return { vendor: 'mail', endpoint: 'ses', answer: sesSend };
  if (path === '/v2/enqueue') return { vendor: 'pagerduty', endpoint: 'pager-events', answer: enqueueEvent };
  if (path.startsWith('/powerautomate/')) return { vendor: 'teams', endpoint: 'teams-workflow', answer: runWorkflow };
  if (/^\/api(\/v\d+)?\/webhooks\//.test(path))
    return { vendor: 'discord', endpoint: 'discord-webhook', answer: executeWebhook };
  if (path.startsWith('/ping/')) return { vendor: 'ping', endpoint: 'ping-check', answer: pingCheck };
  if (/^\/api\/\d+\/cron\//.test(path)) return { vendor: 'ping', endpoint: 'ping-cron', answer: cronCheckIn };
  return unknownRoute(path);
}

function unknownRoute(path: string): Route | undefined {
  const route = (vendor: Vendor): Route => ({
    vendor,
    endpoint: 'unknown',
    answer: () => json(404, { error: 'not found' }),
  });
  if (path.startsWith('/v1/') || path.startsWith('/metric/')) return route('newrelic');
  return path.startsWith('/api/v1/') ? route('anodot') : undefined;
}

function partial(fault: Fault | undefined): Fault | undefined {
  return fault?.kind === 'partial-refusal' ? fault : undefined;
}
