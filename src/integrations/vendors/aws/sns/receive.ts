import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Http } from '../../../../platform/http/client.ts';
import { createCertificates } from './certificates.ts';
import { type Envelope, envelopeIn } from './envelope.ts';
import { hostOf, urlOf } from './topic.ts';
import { type Doubt, doubtOf } from './verify.ts';

/** What an envelope that is believed says: what a topic brings, that we are to confirm, or that it brings no more. */
export type Received = Doubt | { readonly refused: string } | { readonly envelope: Envelope };

/** Envelopes of SNS over HTTP, of one topic. */
export interface Receiver {
  receive(body: Readonly<Record<string, unknown>>, scope: Scope): Promise<Received>;
  /** Says yes to a subscription. Null: done. */
  confirm(envelope: Envelope, scope: Scope): Promise<Exclude<Received, { readonly envelope: Envelope }> | null>;
}

const ANSWER_MS = 5_000;

export function createReceiver(topic: string, deps: { readonly http: Http } & Pick<Clock, 'now'>): Receiver {
  const host = hostOf(topic)!;
  const certificates = createCertificates(host, deps);
  return {
    async receive(body, scope) {
      const envelope = envelopeIn(body);
      if (envelope === null) return { unsigned: 'an envelope of SNS that lacks something' };
      return (await doubtOf(envelope, { topic, certificates, now: deps.now(), scope })) ?? { envelope };
    },
    async confirm({ subscribeUrl, token }, scope) {
      const url = urlOf(subscribeUrl, host);
      const [action, of, by] = ['Action', 'TopicArn', 'Token'].map((name) => url?.searchParams.get(name));
      if (url === null || url.pathname !== '/' || action !== 'ConfirmSubscription' || of !== topic || by !== token)
        return { refused: `its SubscribeURL confirms no subscription to this topic at https://${host}` };
      try {
        const request = { service: 'sns', method: 'GET', timeoutMs: ANSWER_MS, repeatSafe: true, tries: 2 } as const;
        const params = [...url.searchParams];
        await deps.http({ ...request, url: `${url.origin}/`, params, headers: {}, secrets: [token], scope });
        return null;
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error;
        return { later: `the subscription cannot be confirmed now: ${error.message}` };
      }
    },
  };
}
