// For a container's healthcheck: ends with 0 when the service beside it says that it lives, else with 1 and a reason.
import './node-version.js';

const { get } = process.getBuiltinModule('node:http');
const LIMIT_MS = 4000;
/** Listening there, it answers on loopback. */
const EVERYWHERE = ['', '0.0.0.0', '::'];

const { HOST = '', PORT = '' } = process.env;
const host = EVERYWHERE.includes(HOST.trim()) ? '127.0.0.1' : HOST.trim();
const port = PORT.trim() || '3000';

const request = get({ host, port, path: '/healthz', timeout: LIMIT_MS, agent: false }, ({ statusCode }) =>
  end(statusCode === 200 ? undefined : `status ${statusCode}`),
);
request.on('timeout', () => end(`no answer within ${LIMIT_MS / 1000} s`));
request.on('error', ({ code, message }) => end(code ?? message));

function end(fault) {
  if (fault !== undefined) process.stderr.write(`sentry-monitor at ${host}:${port}: ${fault}\n`);
  process.exit(fault === undefined ? 0 : 1);
}
