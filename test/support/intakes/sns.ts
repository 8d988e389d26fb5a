import { sign } from 'node:crypto';
import { UpstreamError } from '../../../src/core/model/errors.ts';
import type { Http } from '../../../src/platform/http/client.ts';
import { selfSigned } from '../apm/certificate.ts';

export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:archives';
export const HOST = 'https://sns.eu-west-1.amazonaws.com';
export const PEM = `${HOST}/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem`;

/** Amazon's side of a topic: what it signs, and what its host answers. */
export interface SnsDouble {
  readonly http: Http;
  /** Addresses that were asked for, each with its query. */
  readonly asked: string[];
  /** Answers by address, in place of the certificate: text, a status, or none at all. */
  readonly answers: Map<string, string | number | null>;
  readonly cert: string;
  notification(given?: Partial<Post>): Post;
  confirmation(given?: Partial<Post>): Post;
}

export type Post = Readonly<Record<string, string>>;

export function createSns(now: () => number): SnsDouble {
  const { key, cert } = selfSigned(now(), 'rsa');
  const asked: string[] = [];
  const answers = new Map<string, string | number | null>([[PEM, cert]]);
  const signed = (post: Post, text: string): Post => {
    const hash = post['SignatureVersion'] === '1' ? 'sha1' : 'sha256';
    return { Signature: sign(hash, Buffer.from(text), key).toString('base64'), ...post };
  };
  let ids = 0;
  const common = (): Post => ({
    MessageId: `0000-${++ids}`,
    TopicArn: TOPIC,
    Timestamp: new Date(now()).toISOString(),
    SignatureVersion: '2',
    SigningCertURL: PEM,
  });
  return {
    asked,
    answers,
    cert,
    http: async ({ url, params = [] }) => {
      const address =
        params.length === 0 ? url : `${url}?${new URLSearchParams(params.map((it) => [...it])).toString()}`;
      asked.push(address);
      const answer = answers.get(address) ?? null;
      if (typeof answer === 'string') return { status: 200, headers: {}, text: answer, sentAt: 0, receivedAt: 0 };
      const status = answer ?? undefined;
      throw new UpstreamError(`sns: answered ${status ?? 'nothing'}`, {
        ...{ service: 'sns', status, retryable: status === undefined || status >= 500 },
      });
    },
    notification(given = {}) {
      const post: Post = { Type: 'Notification', ...common(), Message: '{}', ...given };
      const { Message, MessageId, Subject, Timestamp, TopicArn } = post;
      const subject = Subject === undefined ? '' : `Subject\n${Subject}\n`;
      const head = `Message\n${Message}\nMessageId\n${MessageId}\n${subject}Timestamp\n${Timestamp}\n`;
      return signed(post, `${head}TopicArn\n${TopicArn}\nType\nNotification\n`);
    },
    confirmation(given = {}) {
      const [Token, Type] = ['2336412f37', 'SubscriptionConfirmation'];
      const SubscribeURL = `${HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=${Token}`;
      const post: Post = { Type, ...common(), Message: 'You have chosen…', Token, SubscribeURL, ...given };
      const { Message, MessageId, Timestamp, TopicArn } = post;
      const head = `Message\n${Message}\nMessageId\n${MessageId}\nSubscribeURL\n${post['SubscribeURL']}\n`;
      return signed(
        post,
        `${head}Timestamp\n${Timestamp}\nToken\n${post['Token']}\nTopicArn\n${TopicArn}\nType\n${post['Type']}\n`,
      );
    },
  };
}
