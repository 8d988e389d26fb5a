import assert from 'node:assert/strict';
import { issueUrl, nextCursor, searchUrl, webBase } from '../../../../../src/integrations/sources/sentry/api/links.ts';

const PREVIOUS =
  '<https://us.sentry.io/api/0/organizations/acme/events/?&cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1"';

describe('the next cursor', () => {
  for (const [name, header, cursor] of [
    [
      'of a next page',
      `${PREVIOUS}, <https://us.sentry.io/api/0/organizations/acme/events/?dataset=errors&field=issue&cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0"`,
      '0:100:0',
    ],
    [
      'of the last page',
      `${PREVIOUS}, <https://us.sentry.io/x/?cursor=0:100:0>; rel="next"; results="false"; cursor="0:100:0"`,
      null,
    ],
    [
      'of another host and scheme: only the cursor counts',
      '<http://evil.example/api/0/?cursor=9:9:9>; rel="next"; results="true"; cursor="0:200:0"',
      '0:200:0',
    ],
    [
      'of a URL with commas, semicolons and quotes',
      '<https://s/?q=a,b;rel="next";results="true"&cursor=x>; rel="previous"; results="true"; cursor="p", <https://s/?q=a,b&cursor=y>; rel="next"; results="true"; cursor="n"',
      'n',
    ],
    [
      'of a percent-encoded cursor in the URL: the attribute counts',
      '<https://s/?cursor=0%3A100%3A0>; rel="next"; results="true"; cursor="0:100:0"',
      '0:100:0',
    ],
    ['of attributes in another order', '<https://s/>; cursor="1:2:3"; results="true"; rel="next"', '1:2:3'],
    ['of spaces around', '<https://s/> ;  rel="next" ; results="true" ; cursor="1:2:3"', '1:2:3'],
    ['of opaque base64 (GlitchTip)', '<https://s/>; rel="next"; results="true"; cursor="cD0yMDIy=="', 'cD0yMDIy=='],
    ['of no cursor (GlitchTip)', '<https://s/>; rel="next"; results="true"', null],
    ['of a previous page only', '<https://s/>; rel="previous"; results="true"; cursor="0:0:1"', null],
    ['of no header', undefined, null],
    ['of an empty header', '', null],
    ['of nonsense', 'next', null],
  ] as const)
    it(`${name} is ${cursor}`, () => assert.equal(nextCursor(header), cursor));
});

describe('links for people', () => {
  for (const [api, web] of [
    ['https://sentry.io', 'https://sentry.io'],
    ['https://us.sentry.io', 'https://sentry.io'],
    ['https://de.sentry.io', 'https://sentry.io'],
    ['https://sentry.example.com', 'https://sentry.example.com'],
    ['http://tools.example.com:9000/sentry', 'http://tools.example.com:9000/sentry'],
    ['https://sentry.example.com/api/0', 'https://sentry.example.com'],
    ['https://notsentry.io', 'https://notsentry.io'],
  ] as const)
    it(`of ${api} lead to ${web}`, () => assert.equal(webBase(api), web));

  it('of an issue and of a search are encoded', () => {
    assert.equal(issueUrl('https://sentry.io', 'acme', '7'), 'https://sentry.io/organizations/acme/issues/7/');
    assert.equal(
      searchUrl('https://sentry.io', 'acme', {
        query: 'message:"a b"',
        projectIds: ['1', '2'],
        environments: ['eu'],
        start: '2026-11-20T10:00:00',
        end: '2026-11-20T10:05:00',
      }),
      'https://sentry.io/organizations/acme/discover/results/?queryDataset=error-events&field=issue&field=title&field=project&field=count%28%29&field=count_unique%28user%29&query=message%3A%22a+b%22&sort=-count&project=1&project=2&environment=eu&start=2026-11-20T10%3A00%3A00&end=2026-11-20T10%3A05%3A00',
    );
  });
});
