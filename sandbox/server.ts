#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { type FlavourName, startSandbox } from './index.ts';

/** The sandbox as a process: prints one JSON line with its addresses and keys, ends on SIGTERM or SIGINT. */
const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    story: { type: 'string', default: 'lively' },
    flavour: { type: 'string', default: 'sentry' },
    seed: { type: 'string', default: '1' },
    epoch: { type: 'string', default: '0' },
    orphans: { type: 'string', default: '0' },
    'base-path': { type: 'string', default: '' },
    'sentry-token': { type: 'string' },
    'sentry-org': { type: 'string' },
    'new-relic-key': { type: 'string' },
    'new-relic-account-id': { type: 'string' },
    'anodot-token': { type: 'string' },
  },
});

const sandbox = await startSandbox({
  host: values.host,
  port: Number(values.port),
  story: values.story === 'none' ? 'none' : 'lively',
  flavour: values.flavour as FlavourName,
  seed: Number(values.seed),
  epoch: Number(values.epoch),
  orphans: Number(values.orphans),
  basePath: values['base-path'],
  now: () => Date.now(),
  ...(values['sentry-token'] === undefined ? {} : { sentryToken: values['sentry-token'] }),
  ...(values['sentry-org'] === undefined ? {} : { sentryOrg: values['sentry-org'] }),
  ...(values['new-relic-key'] === undefined ? {} : { newRelicKey: values['new-relic-key'] }),
  ...(values['new-relic-account-id'] === undefined ? {} : { newRelicAccountId: values['new-relic-account-id'] }),
  ...(values['anodot-token'] === undefined ? {} : { anodotToken: values['anodot-token'] }),
});

const stop = (): void => {
  void sandbox.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.stdout.write(`${JSON.stringify({ url: sandbox.url, sentryUrl: sandbox.sentryUrl, keys: sandbox.keys })}\n`);
