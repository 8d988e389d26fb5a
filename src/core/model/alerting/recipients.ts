/**
 * A channel that is set up for several recipients is one for each of them, because each has its own messages and their
 * fates: `boss/lead@example.com` of `boss`. Gives back what they are set up as.
 */
export function groupOf(channel: string): string {
  return channel.split('/', 1)[0]!;
}

/** The channels that a name means: all of what is set up so, or the one of one recipient. */
export function meantBy(name: string, channels: Iterable<string>): readonly string[] {
  return [...channels].filter((it) => it === name || groupOf(it) === name);
}
