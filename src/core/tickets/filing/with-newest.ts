import { type Session, telling } from './session.ts';

/** With what the newest event says, where only the issue's source knows it: it is asked for a new ticket alone. */
export async function withNewest(session: Session): Promise<Session> {
  const { content, deps, order, scope } = session;
  if (content.text !== null) return session;
  const found = await deps.newestOf?.(order.issue, scope);
  return found == null ? session : telling(session, { ...content, ...found });
}
