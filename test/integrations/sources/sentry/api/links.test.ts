import assert from 'node:assert/strict';
import {
  createSource,
  details,
  issueRows,
  projects,
  readOne,
  rows,
  totalRows,
  totals,
} from '../../../../support/sentry/sentry.ts';
import {
  issueUrl,
  nextCursor,
  publicAddress,
  searchUrl,
  webBase,
} from '../../../../../src/integrations/sources/sentry/api/links.ts';

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
    ['https://acme.sentry.io', 'https://sentry.io'],
    ['https://acme.my.sentry.io', 'https://acme.my.sentry.io'],
    ['https://acme.my.sentry.io/api/0', 'https://acme.my.sentry.io'],
    ['https://sentry.example.com', 'https://sentry.example.com'],
    ['http://tools.example.com:9000/sentry', 'http://tools.example.com:9000/sentry'],
    ['https://sentry.example.com/api/0', 'https://sentry.example.com'],
    ['https://notsentry.io', 'https://notsentry.io'],
  ] as const)
    it(`of ${api} lead to ${web}`, () => assert.equal(webBase(api), web));

  const PUBLIC = 'https://sentry.example.com';
  const within = [
    'http://localhost:9000/i/1',
    'http://web:9000/i/1',
    'http://sentry.internal/i/1',
    'http://sentry.acme.LOCAL./i/1',
    'http://0.0.0.0:9000/i/1',
    'http://10.1.2.3/i/1',
    'http://100.64.0.1/i/1',
    'http://127.0.0.1:9000/i/1',
    'http://169.254.1.1/i/1',
    'http://172.16.0.1/i/1',
    'http://172.31.255.255/i/1',
    'http://192.168.7.7/i/1',
    'http://2130706433/i/1',
    'http://[::1]:9000/i/1',
    'http://[fd12::7]/i/1',
    'http://[fe80::1]/i/1',
    'http://[::ffff:10.0.0.1]/i/1',
  ];
  const outside = [
    'https://sentry.example.com/i/1',
    'https://acme.sentry.io/i/1',
    'http://172.32.0.1/i/1',
    'http://11.0.0.1/i/1',
    'http://100.128.0.1/i/1',
    'http://[2001:db8::1]/i/1',
    'https://10.example.com/i/1',
    'https://localhost.example.com/i/1',
  ];

  it('that lead to an internal address are not taken where a better one is known', () => {
    const known = [
      publicAddress('http://10.0.0.5:9000', PUBLIC),
      publicAddress('http://web:9000', 'http://sentry.corp.local'),
      publicAddress(PUBLIC, undefined),
      publicAddress('https://sentry.io', undefined),
    ];
    for (const { takes } of known) {
      assert.deepEqual(within.filter(takes), []);
      assert.deepEqual(outside.filter(takes), outside);
      assert.equal(takes('no link'), false);
    }
  });

  it('that lead to an internal address are taken where the only address known is one too', () => {
    const { web, takes } = publicAddress('http://10.0.0.5:9000/sentry', undefined);
    assert.equal(web, 'http://10.0.0.5:9000/sentry');
    assert.deepEqual(within.filter(takes), within);
  });

  it('lead to the address that is given for people', () => {
    assert.equal(publicAddress('http://web:9000', PUBLIC).web, PUBLIC);
    assert.equal(publicAddress('https://sentry.io', 'https://acme.sentry.io').web, 'https://acme.sentry.io');
  });

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

describe('links of a reading', () => {
  it('lead to the public address, those of Sentry itself too', async () => {
    projects();
    totals({}, totalRows([11, 3, 1]));
    rows({}, issueRows([1, 11, 2, 1], [2, 11, 1, 1]));
    details(['1', '2'], ['11'], {
      body: [
        { id: 1, permalink: 'http://web:9000/organizations/acme/issues/1/' },
        { id: 2, permalink: 'https://sentry.example.com/organizations/acme/issues/2/' },
      ],
    });
    const reading = await readOne({}, createSource({ SENTRY_PUBLIC_URL: 'https://sentry.example.com/' }));
    assert.match(reading.url ?? '', /^https:\/\/sentry\.example\.com\/organizations\/acme\/discover\//);
    assert.deepEqual(
      reading.issues.map(({ url }) => url),
      [
        'https://sentry.example.com/organizations/acme/issues/1/',
        'https://sentry.example.com/organizations/acme/issues/2/',
      ],
    );
    assert.deepEqual(
      [...reading.details.values()].map(({ url }) => url),
      [null, 'https://sentry.example.com/organizations/acme/issues/2/'],
    );
  });
});
