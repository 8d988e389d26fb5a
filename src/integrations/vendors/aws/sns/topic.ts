const TOPIC = /^arn:(aws|aws-cn|aws-us-gov):sns:([a-z]{2}(?:-[a-z0-9]+){1,3}):\d{12}:[\w-]{1,256}(?:\.fifo)?$/;

/** The host that a topic's envelopes are from, and alone may send us anywhere; null: it is no ARN of a topic. */
export function hostOf(topic: string): string | null {
  const [, partition, region] = TOPIC.exec(topic) ?? [];
  if (region === undefined) return null;
  return `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}

/** Null: it is of another host, or anything but a plain address of it. */
export function urlOf(text: string, host: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.port === '' && url.username === '' && url.password === '' && url.hash === '';
  return url.protocol === 'https:' && url.hostname === host && isPlain ? url : null;
}
