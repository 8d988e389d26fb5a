/** Where a client of Sentry sends its events. */
export interface Dsn {
  /** Of the endpoint for envelopes. */
  readonly url: string;
  /** Shown to Sentry; whoever has it may send events to the project. */
  readonly publicKey: string;
  /** Digits. */
  readonly projectId: string;
  readonly host: string;
}

/**
 * Reads `https://<key>@<host>/<path>/<project id>`. Throws an Error that says what is wrong, and holds no part of it.
 */
export function parseDsn(text: string): Dsn {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const project = /^(.*)\/(\d+)\/?$/.exec(url?.pathname ?? '');
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username === '' || project === null)
    throw new Error(
      'is no DSN; copy it from the project in Sentry (Client Keys), such as https://<key>@sentry.example.com/42',
    );
  const [, path = '', projectId = ''] = project;
  return {
    url: `${url.protocol}//${url.host}${path}/api/${projectId}/envelope/`,
    publicKey: decodeURIComponent(url.username),
    projectId,
    host: url.host,
  };
}
