import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { generateNationalId } from '../../kit/identifiers.ts';

let house: TestHouse;

beforeAll(async () => {
  house = await testHouse();
  const expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  for (const serial of [1, 2, 3]) {
    const person = {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'لیلا',
      lastName: 'آزمونی',
      sex: 'female',
    };
    const household = { countyId: '0401', area: 'urban', address: 'کوچه آزمون' };
    const body = { person, household, kind: 'independent', occupationId: 'tailoring' };
    const { code } = (await expert.post('/api/permits', body)).body;
    await expert.post(`/api/permits/${code}/sign`);
    await director.post(`/api/permits/${code}/grant`);
  }
});
afterAll(() => house.close());

async function paste(fields: Record<string, string>) {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/check',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams(fields).toString(),
  });
  return { status: reply.statusCode, body: reply.body, headers: reply.headers };
}

describe('a pasted text', () => {
  test('is taken apart without JavaScript: what fails first, its numbers marked', async () => {
    const text = 'از ۱۲۰۰ طرح معرفی شده،\r\n۹۰۰ طرح معادل ۸۵ درصد تسهیلات گرفتند.';
    const { status, body } = await paste({ text });
    expect(status).toBe(200);
    expect(body).toContain('نسبت این دو عدد ۷۵ درصد است، نه ۸۵ درصد.');
    expect(body).toContain('<mark><a href="#claim-2">۹۰۰ طرح<sup>۲</sup></a></mark>');
    expect(body).toContain('<tr id="claim-3">');
    expect(body).toContain('<html lang="fa" dir="rtl">');
  });

  test('is escaped, in English too', async () => {
    const { body } = await paste({ text: '<b onclick="x">۱۲ نفر</b>', lang: 'en' });
    expect(body).not.toContain('<b onclick');
    expect(body).toContain('&lt;b onclick');
  });

  test('is held against the record of a period when one is given', async () => {
    const right = await paste({ text: 'در استان ۳ مجوز صادر شد.', from: '1400/01/01' });
    expect(right.body).toContain('در آمار ثبت‌شده ۳ است و با متن می‌خواند.');
    const wrong = await paste({ text: 'در استان ۴ مجوز صادر شد.', from: '1400/01/01' });
    expect(wrong.body).toContain('در آمار ثبت‌شده ۳ است، نه ۴.');
    const elsewhere = await paste({ text: 'در یزد ۴ مجوز صادر شد.', from: '1400/01/01' });
    expect(elsewhere.body).not.toContain('در آمار ثبت‌شده');
  });

  test.each([
    [{ text: ' ' }, 'متن خبر را اینجا بگذارید.'],
    [{ text: 'ا'.repeat(20_001) }, 'متن بلندتر از ۲۰ هزار نویسه است'],
    [{ text: '۱۲ نفر', from: '1403/01/01', to: '1400/01/01' }, 'دو تاریخ شمسی بنویسید'],
  ])('with a fault is told what to do (%#)', async (fields, message) => {
    const { status, body } = await paste(fields as Record<string, string>);
    expect(status).toBe(422);
    expect(body).toContain(message);
    expect(body).toContain('role="alert"');
  });

  test('without a number says so', async () => {
    const { body } = await paste({ text: 'هیچ عددی در این متن نیست.' });
    expect(body).toContain('عددی که بشود بررسی کرد پیدا نشد');
  });
});

test('the empty form is for everyone, and the same for all', async () => {
  const { status, body } = await house.nobody.get('/check', { accept: 'text/html' });
  expect(status).toBe(200);
  expect(body).toContain('<textarea id="text"');
  expect(body).not.toContain('noindex');
});
