import type { Client } from '../api/client.ts';
import type { Params } from '../api/query.ts';

/** Plain messages and security reports are errors too, so it is not asked for a type, but without one. */
const NO_TRANSACTIONS = '!event.type:transaction';

/** A client of a server that looks at no dataset: what asks for errors leaves transactions out by its search. */
export function errorsOnly(client: Client): Client {
  return { ...client, get: (url, params, scope) => client.get(url, withoutTransactions(params), scope) };
}

function withoutTransactions(params: Params): Params {
  if (!params.some(([name, value]) => name === 'dataset' && value === 'errors')) return params;
  return params.map(([name, value]) =>
    name === 'query' ? [name, `${value} ${NO_TRANSACTIONS}`.trim()] : [name, value],
  );
}
