import { inWords, secretUrl } from '../../../config/formats.ts';

/** What to do where there is none. */
export const NEW_ONE = 'make one in Teams with Workflows, Send webhook alerts to a channel';

/** The address of a workflow; those of what Teams had before are refused. */
export const workflowUrl = inWords('an http or https address', (text) => {
  const { hostname, searchParams } = new URL(secretUrl(text));
  if (/(^|\.)webhook\.office(365)?\.com$/.test(hostname))
    throw new Error(`is of a connector, which Teams no longer has; ${NEW_ONE}`);
  if (/(^|\.)logic\.azure\.com$/.test(hostname))
    throw new Error(`is an address that Workflows no longer has; copy the new one from the workflow, or ${NEW_ONE}`);
  if (/(^|\.)powerplatform\.com$/.test(hostname) && !searchParams.has('sig'))
    throw new Error('has no sig= in it; copy the address of the workflow again, in full');
  return new URL(text).href;
});
