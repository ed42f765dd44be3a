import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { generateNationalId, makePermitNumber } from '../kit/identifiers.ts';
import { toPersianDigits } from '../kit/persian-text.ts';

let house: TestHouse;
const numbers: string[] = [];
const browser = { accept: 'text/html,application/xhtml+xml' };
const probe = `<img src=x onerror=alert(1)>"'&`;

beforeAll(async () => {
  house = await testHouse();
  const expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  for (const [serial, lastName] of ['آزمونی‌نژاد', probe, 'لغوشونده'].entries()) {
    const person = {
      nationalId: generateNationalId('274', serial + 1),
      idKind: 'national',
      firstName: 'لیلا',
      lastName,
      sex: 'female',
    };
    const household = { countyId: '0401', area: 'urban', address: 'کوچه آزمون' };
    const body = { person, household, kind: 'independent', occupationId: 'tailoring' };
    const { code } = (await expert.post('/api/permits', body)).body;
    await expert.post(`/api/permits/${code}/sign`);
    await director.post(`/api/permits/${code}/grant`);
    numbers.push((await director.get(`/api/cases/${code}`)).body.permit.number);
    if (lastName === 'لغوشونده') {
      await director.post(`/api/permits/${code}/revoke`, { reason: 'آزمون' });
    }
  }
});
afterAll(() => house.close());

const get = (url: string, headers: Record<string, string> = browser) =>
  house.nobody.get(url, headers);

describe('the first page', () => {
  test('is Persian, whole, and shows what is recorded', async () => {
    const { status, body, headers } = await get('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<html lang="fa" dir="rtl">');
    expect(body).toContain('مشاغل خانگی آذربایجان غربی');
    expect(body).toContain('از ۱ فروردین ۱۴۰۰ تا ۱ تیر ۱۴۰۱');
    expect(body).toMatch(/value="3">۳<\/data>\s*<span class="figure-label">مجوزهای صادرشده/);
    expect(body).toContain('ارومیه');
    expect(body).toContain('نمونهٔ نمایشی');
  });

  test('is English when the address or the cookie says so, not when a browser does', async () => {
    const english = await get('/?lang=en');
    expect(english.body).toContain('<html lang="en" dir="ltr">');
    expect(english.body).toContain('Home businesses of West Azerbaijan');
    expect(english.body).toContain('href="/p?lang=en"');
    expect(english.body.replace(/lang="fa"[^<]*</g, '')).not.toMatch(/[\u0600-\u06ff]/);
    expect((await get('/', { ...browser, cookie: 'lang=en' })).body).toContain('lang="en"');
    const asked = { ...browser, cookie: 'lang=en' };
    expect((await get('/?lang=fa', asked)).body).toContain('href="/p?lang=fa"');
    expect((await get('/', { 'accept-language': 'en' })).body).toContain('<html lang="fa"');
  });

  test('is sent once while nothing changes', async () => {
    const { etag } = (await get('/')).headers;
    const again = await get('/', { ...browser, 'if-none-match': String(etag) });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect((await get('/?lang=en', { 'if-none-match': String(etag) })).status).toBe(200);
  });

  test('takes a period as people write it, and says what is wrong with another', async () => {
    const one = await get(`/?from=${encodeURIComponent('۱۴۰۱/۰۴/۰۱')}&to=1401-04-01`);
    expect(one.body).toContain('از ۱ تیر ۱۴۰۱ تا ۱ تیر ۱۴۰۱');
    expect((await get('/?from=1400-01-01&to=')).body).toContain('تا ۱ تیر ۱۴۰۱');
    expect((await get('/?from=1390-01-01&to=1390-01-02')).body).toContain('چیزی ثبت نشده است');
    const long = await get('/?from=1300-01-01&to=1450-01-01');
    expect(long.body).toContain('تابستان ۱۴۰۱');
    expect(long.body).not.toContain('بهار ۱۴۰۱');
    for (const query of ['from=1400', 'from=1401-01-01&to=1400-01-01', 'to=<b>']) {
      const wrong = await get(`/?${query}`);
      expect(wrong.status).toBe(422);
      expect(wrong.body).toContain('این دوره را نمی‌شود نشان داد');
      expect(wrong.body).not.toContain('"<b>');
    }
  });

  test('adds up: each table’s rows are the total in its foot', async () => {
    const { body } = await get('/');
    for (const cut of ['agency', 'month', 'county']) {
      const table = body.split(`<section id="${cut}">`)[1].split('</table>')[0];
      expect(table.split('<tfoot>')[1]).toContain('<td class="num">۳</td>');
    }
  });
});

describe('the figures as CSV', () => {
  test('are those of the API, amounts in rial', async () => {
    const csv = await get('/figures.csv?from=1400-01-01&to=1401-04-01&by=agency');
    const [header, line] = csv.body.replace('\ufeff', '').trim().split('\r\n');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(header).toContain('from,to,agency,label_fa,label_en,applications_submitted');
    expect(line).toMatch(/^1400-01-01,1401-04-01,SMT,/);
    expect((await get('/figures.csv')).body).toContain(',key,label_fa');
  });

  test('say what is wrong with a question', async () => {
    const wrong = await get('/figures.csv?by=moon', { accept: '*/*' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'figures.unknown_dimension' } });
    expect((await get('/figures.csv?province=99', {})).status).toBe(404);
  });
});

describe('a permit’s number', () => {
  test('is asked for by a plain form that leads to one address', async () => {
    expect((await get('/p')).body).toContain(
      '<form class="check no-print" action="/p" method="get">',
    );
    const typed = toPersianDigits(numbers[0] ?? '').replace(/(.{4})/g, '$1 ');
    const sent = await get(`/p?number=${encodeURIComponent(typed)}&lang=en`);
    expect(sent.status).toBe(303);
    expect(sent.headers.location).toBe(`/p/${numbers[0]}?lang=en`);
    const empty = await get('/p?number=+');
    expect(empty.status).toBe(422);
    expect(empty.body).toContain('href="#number"');
  });

  test('shows a valid permit with as little of its holder as is needed', async () => {
    const { status, body, headers } = await get(`/p/${numbers[0]}`);
    expect(status).toBe(200);
    expect(body).toContain('این مجوز معتبر است');
    expect(body).toContain('لیلا آزمونی‌نژاد');
    expect(body).toContain('<time datetime="2022-06-22">۱ تیر ۱۴۰۱</time>');
    expect(body).toContain(toPersianDigits(numbers[0] ?? ''));
    expect(body).not.toContain(generateNationalId('274', 1));
    expect(body).not.toContain(toPersianDigits(generateNationalId('274', 1)));
    expect(body).not.toContain('کوچه آزمون');
    expect(headers['x-robots-tag']).toBe('noindex');
    const english = (await get(`/p/${numbers[0]}?lang=en`)).body;
    expect(english).toContain('This permit is valid');
    expect(english).toContain('1 Tir 1401');
  });

  test('never lets a name be markup', async () => {
    const { body } = await get(`/p/${numbers[1]}`);
    expect(body).not.toContain('<img');
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  });

  test('tells revoked and expired permits apart', async () => {
    expect((await get(`/p/${numbers[2]}`)).body).toContain('این مجوز لغو شده است');
    const today = house.clock.now();
    house.clock.moveTo(new Date('2040-01-01T08:00:00Z'));
    expect((await get(`/p/${numbers[0]}`)).body).toContain('اعتبار این مجوز تمام شده است');
    house.clock.moveTo(today);
  });

  test('that nobody gave says what to do', async () => {
    const unknown = await get(`/p/${makePermitNumber(4)}`);
    expect(unknown.status).toBe(404);
    expect(unknown.body).toContain('مجوزی با این شماره نیست');
    const elsewhere = await get(`/p/${makePermitNumber(10)}`);
    expect(elsewhere.status).toBe(404);
    const typed = encodeURIComponent('"><b>۱');
    expect((await get(`/p/${typed}`)).body).not.toContain('<b>۱');
  });

  test('is answered in JSON to programs', async () => {
    const asked = await get(`/p/${numbers[0]}?format=json`);
    expect(asked.body).toMatchObject({
      status: 'valid',
      name: 'لیلا آزمونی‌نژاد',
      county: { id: '0401' },
      issuedOn: '2022-06-22',
      revokedOn: null,
    });
    const unknown = await get('/p/1234', { accept: 'application/json' });
    expect(unknown).toMatchObject({ status: 404, body: { code: 'publishing.unknown_permit' } });
    expect(unknown.headers['content-type']).toContain('application/problem+json');
  });

  test('cannot be guessed by trying them all', async () => {
    const statuses = new Map<number, number>();
    let last = '';
    for (let nth = 0; nth < 65; nth += 1) {
      const reply = await house.app.inject({
        url: `/p/${nth}`,
        headers: browser,
        remoteAddress: '10.0.0.9',
      });
      statuses.set(reply.statusCode, (statuses.get(reply.statusCode) ?? 0) + 1);
      last = reply.body;
    }
    expect(Object.fromEntries(statuses)).toEqual({ 404: 60, 429: 5 });
    expect(last).toContain('<h1>درخواست‌ها بیش از اندازه');
  });
});

describe('an address that is not there', () => {
  test('is a page for a browser and a problem for a program', async () => {
    const page = await get('/nothing?lang=en');
    expect(page.status).toBe(404);
    expect(page.body).toContain('<h1>This page was not found</h1>');
    expect((await get('/nothing', {})).body).toMatchObject({ code: 'platform.not_found' });
    expect((await get('/api/nothing')).body).toMatchObject({ code: 'platform.not_found' });
    expect((await get('/api/cases')).body).toMatchObject({ code: 'platform.not_signed_in' });
  });

  test('of an unknown province is a page too', async () => {
    const page = await get('/figures.csv?province=99');
    expect(page.status).toBe(404);
    expect(page.body).toContain('چنین استانی نیست');
  });
});

test('robots and search engines are told what is theirs', async () => {
  expect((await get('/robots.txt')).body).toContain('Disallow: /p/\n');
  expect((await get('/sitemap.xml')).body).toContain('<loc>http://localhost:8080/?lang=en</loc>');
  expect((await get('/mark.svg')).headers['content-type']).toBe('image/svg+xml');
  expect((await get('/favicon.ico')).headers.location).toBe('/mark.svg');
});

test('the content security policy stays strict', async () => {
  expect((await get('/')).headers['content-security-policy']).not.toContain('unsafe');
});
