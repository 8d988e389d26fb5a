import { baseUrl, inWords, secret } from '../../../config/formats.ts';
import { HOUR_MS } from '../../../core/model/window.ts';
import { channelPlugin } from '../../plugin.ts';
import type { Settings } from './channel.ts';

const KEY_LOOKS = '32 letters and digits';
const routingKey = inWords(KEY_LOOKS, (text, show) => {
  if (/^[a-z0-9]{32}$/i.test(secret()(text, show))) return text;
  throw new Error(
    `is no integration key; copy that of an integration of the kind Events API v2: ${KEY_LOOKS}, without spaces`,
  );
});

/** An incident for each subject of a rule: it is triggered, and resolved by the same key. */
export const pagerduty = channelPlugin<Settings>({
  settings: {
    key: {
      doc: 'Integration key of a service (Events API v2), or of an event orchestration',
      format: routingKey,
      default: null,
      sensitive: true,
      env: 'channels.pagerduty',
      key: 'pagerduty',
    },
    url: {
      doc: 'Address of PagerDuty; in the EU https://events.eu.pagerduty.com',
      format: baseUrl,
      default: 'https://events.pagerduty.com',
      env: 'PAGERDUTY_URL',
    },
  },
  repeatSafe: true,
  isPerSubject: true,
  budget: { count: 12, perMs: HOUR_MS },
  load: async () => (await import('./channel.ts')).createPagerDuty,
  isPager: true,
});
