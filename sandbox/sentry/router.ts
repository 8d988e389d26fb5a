import { flavourOf } from './flavours.ts';
import { type Answer, bare, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import type { Endpoint } from '../types.ts';
import { forbidden, Refusal, refuse } from './errors.ts';
import { targetOf } from './target.ts';

/** Which of Sentry's endpoints a path means. */
export function sentryEndpoint(path: string): Endpoint {
  return targetOf(path).endpoint;
}

/** Answers below /api/0/: token, endpoint, organization, scope, in this order. */
export function sentryAnswer(state: State, request: VendorRequest): Answer {
  const answer = answered(state, request);
  if (state.settings.link === 'sent') return answer;
  const { link: _stripped, ...headers } = answer.headers;
  return { ...answer, headers };
}

function answered(state: State, request: VendorRequest): Answer {
  try {
    return routed(state, request);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function routed(state: State, request: VendorRequest): Answer {
  if (!request.path.endsWith('/')) return bare(301, '', { location: `${request.path}/` });
  const flavour = flavourOf(state);
  flavour.checkToken(state, request.headers.authorization);
  const target = targetOf(request.path);
  const handler = flavour.endpoints[target.endpoint];
  if (handler === undefined) return flavour.absent();
  if (request.method !== 'GET') throw refuse(405, `Method "${request.method}" not allowed.`);
  const stranger = flavour.stranger(state, request, target);
  if (stranger !== undefined) return stranger;
  if (!state.settings.scopes.includes(handler.scope)) throw forbidden();
  return handler.answer(state, request, target);
}
