/** An event as Sentry's API serialises it; all that it may have is there. */
export function sentryEvent(given: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    eventID: 'e1'.padEnd(32, '0'),
    groupID: 4711,
    message: 'CartError: cart is empty',
    dateCreated: '2026-11-20T10:01:00.000000Z',
    dateReceived: '2026-11-20T10:01:01.123456Z',
    entries: [exceptionOf()],
    ...given,
  };
}

/** A call of two functions. */
export function exceptionOf(module: unknown = 'shop.cart'): Readonly<Record<string, unknown>> {
  const frames = [
    { module: 'shop.main', function: 'run', lineNo: 5, colNo: 1 },
    { module: 'shop.cart', function: 'total', lineNo: 17, colNo: 56 },
  ];
  return { type: 'exception', data: { values: [{ type: 'CartError', module, stacktrace: { frames } }] } };
}

/** The same event, without one of its fields. */
export function without(name: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(sentryEvent()).filter(([key]) => key !== name));
}
