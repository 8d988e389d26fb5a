/** Slack's own, for answers. */
const HOOKS = 'hooks.slack.com';

/**
 * Whether answers may go to an address that stood in a post: at Slack, or where its methods are. NOTE: the post is
 * signed, and still no post can make us send something elsewhere.
 */
export function isAnswerUrl(text: string, apiUrl: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  const api = new URL(apiUrl);
  return (url.protocol === 'https:' && url.host === HOOKS) || (url.protocol === api.protocol && url.host === api.host);
}
