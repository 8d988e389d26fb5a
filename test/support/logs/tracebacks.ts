/** Tracebacks as Python 3.11 to 3.13 print them, written by hand. The name says what is special. */
export const TRACEBACKS: Readonly<Record<string, readonly string[]>> = {
  carets: [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/cart.py", line 12, in total',
    '    return prices["a"]["cart-17"]',
    '           ~~~~~~~~~~~^^^^^^^^^^^',
    "KeyError: 'cart-17'",
  ],
  cause: [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/cart.py", line 40, in load',
    '    int("seven")',
    "ValueError: invalid literal for int() with base 10: 'seven'",
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/cart.py", line 42, in load',
    '    raise CartError("no cart") from e',
    'acme.errors.CartError: no cart',
  ],
  context: [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/orders.py", line 5, in first',
    '    rows[0]',
    '    ~~~~^^^',
    'IndexError: list index out of range',
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/orders.py", line 7, in first',
    '    raise LookupError',
    'LookupError',
  ],
  'multi-line message': [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/mail.py", line 3, in send',
    '    raise ValueError("a\\nb")',
    'ValueError: a',
    'b',
    '',
    'c',
  ],
  notes: [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/note.py", line 9, in add',
    '    raise e',
    'ValueError: x',
    'a note',
    'of two lines',
  ],
  'no message': [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/base.py", line 10, in run',
    '    raise NotImplementedError',
    'NotImplementedError',
  ],
  recursion: [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/deep.py", line 2, in go',
    '    return go(n + 1)',
    '  File "/srv/acme/shop/deep.py", line 2, in go',
    '    return go(n + 1)',
    '  File "/srv/acme/shop/deep.py", line 2, in go',
    '    return go(n + 1)',
    '  [Previous line repeated 975 more times]',
    'RecursionError: maximum recursion depth exceeded',
  ],
  syntax: [
    'Traceback (most recent call last):',
    '  File "/srv/acme/shop/start.py", line 1, in <module>',
    '    import bad',
    '  File "/srv/acme/shop/bad.py", line 1',
    '    def total(:',
    '              ^',
    'SyntaxError: invalid syntax',
  ],
  group: [
    '  + Exception Group Traceback (most recent call last):',
    '  |   File "/srv/acme/shop/tasks.py", line 7, in all_of',
    '  |     raise ExceptionGroup("carts", found)',
    '  | ExceptionGroup: carts (2 sub-exceptions)',
    '  +-+---------------- 1 ----------------',
    '    | Traceback (most recent call last):',
    '    |   File "/srv/acme/shop/tasks.py", line 3, in one',
    '    |     raise ValueError("a")',
    '    | ValueError: a',
    '    | a note',
    '    +---------------- 2 ----------------',
    '    | ExceptionGroup: inner (1 sub-exception)',
    '    +-+---------------- 1 ----------------',
    "      | KeyError: 'k'",
    '      +------------------------------------',
  ],
  'without source': [
    'Traceback (most recent call last):',
    '  File "<string>", line 3, in <module>',
    '  File "<frozen importlib._bootstrap>", line 1360, in _find_and_load',
    "ModuleNotFoundError: No module named 'acme.nothing'",
  ],
};

/** What each is called, in their order. */
export const TITLES: readonly string[] = [
  "KeyError: 'cart-17'",
  'acme.errors.CartError: no cart, caused by ValueError',
  'LookupError, caused by IndexError',
  'ValueError: a',
  'ValueError: x',
  'NotImplementedError',
  'RecursionError: maximum recursion depth exceeded',
  'SyntaxError: invalid syntax',
  'ExceptionGroup: carts (2 sub-exceptions)',
  "ModuleNotFoundError: No module named 'acme.nothing'",
];

export const HEADER = 'ERROR 2026-11-29 00:08:41,177 log 28077 139923807300480 Internal Server Error: /boom/';

/** A log of Django's with all of them. */
export function djangoLog(end = '\n'): string {
  return Object.values(TRACEBACKS)
    .flatMap((lines) => [HEADER, ...lines])
    .map((line) => line + end)
    .join('');
}
