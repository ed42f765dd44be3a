import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demonstrationDatabase } from '../../../test/demonstration.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { referenceOf } from '../../accounts/index.ts';
import { takeBackJob } from '../../employment/index.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { provinceContext } from '../../platform/policy.ts';
import { readAccount } from '../claims/find-claims.ts';
import { shippedKnowledge } from '../claims/knowledge.ts';
import { findBulletin, versionsOf } from './queries.ts';
import { verifyVersion } from './verify.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
const period = { from: '1400/01/01', to: '1401/03/31' };

beforeAll(async () => {
  house = await testHouse('2022-06-23T08:00:00Z', true, {}, await demonstrationDatabase());
  await enter();
}, 300_000);
afterAll(() => house.close());

/** Sessions end; on another day one signs in again. */
async function enter(): Promise<void> {
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
}

const begin = async (language: 'fa' | 'en' = 'fa') =>
  (await officer.post('/api/bulletins', { ...period, language })).body as {
    code: string;
    number: string;
  };
const draftOf = async (code: string) => (await officer.get(`/api/bulletins/${code}`)).body.draft;
const act = async (who: Caller, code: string, verb: string, more: object = {}) => {
  const { revision } = await draftOf(code);
  return who.post(`/api/bulletins/${code}/${verb}`, { revision, ...more });
};

/** Signed by the officer, published by the director. */
async function published(code: string, more: object = {}): Promise<void> {
  expect((await act(officer, code, 'signBulletin')).status).toBe(200);
  expect((await act(director, code, 'publishBulletin', more)).status).toBe(200);
}

/** What the published account of the province says: value in its unit, hedge, unit. */
const said = [
  ['2200', 'over', 'people'],
  ['2240', 'exact', 'jobs'],
  ['40000000000', 'over', 'toman'],
  ['853', 'exact', 'plans'],
  ['477', 'exact', 'plans'],
  ['26000000000', 'exact', 'toman'],
  ['127', 'exact', 'plans'],
  ['5000000000', 'exact', 'toman'],
  ['101', 'exact', 'plans'],
  ['3000000000', 'about', 'toman'],
  ['148', 'exact', 'plans'],
  ['7000000000', 'about', 'toman'],
  ['2340', 'exact', 'permits'],
  ['1203', 'exact', 'plans'],
];

test('the bulletin says every figure of the province’s account, hedges included, in its own words', async () => {
  const { code } = await begin();
  const { preview, unbound } = await draftOf(code);
  const text = [preview.headline, preview.lead, ...preview.paragraphs].join('\n\n');
  const { claims } = readAccount(text, await shippedKnowledge());
  const found = claims.map(({ value, hedge, unit }) => `${value} ${hedge} ${unit}`);
  expect(found).toEqual(expect.arrayContaining(said.map((one) => one.join(' '))));
  expect(preview.headline).toContain('بیش از ۲۲۰۰ نفر');
  expect(text).toContain('۲ هزار و ۲۴۰');
  expect(text).toContain('هزار و ۲۰۳');
  expect(text).toContain('پنج میلیارد تومان');
  expect(text).not.toContain('{');
  expect(unbound).toEqual([]);
});

test('a reworded text is signed when its numbers are the record’s, and by two people', async () => {
  const { code } = await begin();
  const text = {
    headline: 'کار برای {jobs_registered} نفر',
    lead: 'در این مدت ۸۵۳ طرح بیش از ۴۰ میلیارد تومان گرفتند.',
    paragraphs: ['در این مدت ۸۵۴ طرح تسهیلات گرفت.'],
  };
  const saved = await act(officer, code, 'saveBulletin', { text });
  expect(saved.body.draft.unbound).toEqual([{ part: 'paragraph1', text: '۸۵۴ طرح' }]);
  expect((await act(officer, code, 'signBulletin')).body.code).toBe('publishing.unbound_number');
  const right = { ...text, paragraphs: ['{plans_referred} طرح معرفی شد.'] };
  await act(officer, code, 'saveBulletin', { text: right });
  expect((await act(director, code, 'publishBulletin')).body.code).toBe('publishing.not_signed');
  expect((await act(director, code, 'signBulletin')).status).toBe(200);
  expect((await act(director, code, 'publishBulletin')).body.code).toBe('publishing.two_people');
  const stale = await officer.post(`/api/bulletins/${code}/signBulletin`, { revision: 1 });
  expect(stale.body.code).toBe('publishing.draft_moved');
  expect((await act(officer, code, 'discardBulletin')).body.draft).toBeNull();
});

test('what is published is the same on the page, on paper, in files and feeds, and bears being recomputed', async () => {
  const { code, number } = await begin();
  await published(code);
  const read = (as: string) => house.nobody.get(`/bulletins/${number}${as}`);
  const page = String((await read('')).body);
  const json = (await read('.json')).body;
  const csv = parse(String((await read('.csv')).body));
  const total = csv[1] ?? [];
  expect(total.slice(2)).toEqual(['2340', '1203', '853', '409050000000', '2240']);
  expect(json.figures).toMatchObject({ plans_funded: '853', 'plans_funded@SMT': '477' });
  expect(Object.fromEntries(csv.slice(1).map((row) => [row[0], row[4]]))).toEqual({
    ...{ '': '853', SMT: '477', AGRI: '127', CULTURE: '101', HERITAGE: '148' },
  });
  const cells = parse(String((await read('/table.csv')).body)).slice(1);
  const sum = (at: number) => cells.reduce((all, row) => all + BigInt(row[at] ?? 0), 0n);
  expect([4, 5, 6, 7, 8].map((at) => sum(at).toString())).toEqual(total.slice(2));
  for (const figure of ['۲٬۳۴۰', '۱٬۲۰۳', '۴۷۷', '۴۰٬۹۰۵', json.headline, json.hash]) {
    expect(page).toContain(figure);
  }
  expect(page).toContain('"@type":"Report"');
  expect(page).not.toMatch(/style=|<script(?! type="(?:application\/ld\+json|module)")/);
  expect(toAsciiDigits(page)).toContain('41 میلیارد تومان');
  const pdf = await read('.pdf');
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  for (const feed of ['/bulletins.atom', '/bulletins.rss', '/bulletins', '/bulletins?lang=en']) {
    expect(String((await house.nobody.get(feed)).body)).toContain(json.headline);
  }
  expect(await verified(number)).toEqual([]);
});

const parse = (csv: string): string[][] => parseCsv(csv, { bom: true });

/** What `bulletin verify` finds in the newest version. */
async function verified(number: string) {
  const context = { ...provinceContext(4), pool: 'reports' as const };
  return house.database.transaction(context, async (tx) => {
    const bulletin = await findBulletin(tx, 4, number);
    const version = bulletin && (await versionsOf(tx, bulletin)).at(-1);
    if (!version) throw new Error('no version');
    const found = await verifyVersion(tx, await referenceOf(house.database), version);
    return found.flatMap(({ differences }) => differences);
  });
}

test('before its time nobody sees it; a correction explains itself, and the old one stays', async () => {
  const { code, number } = await begin('en');
  await published(code, { publicFrom: '1401/04/03 08:00' });
  const page = async (query = '') => house.nobody.get(`/bulletins/${number}${query}`);
  expect((await page()).status).toBe(404);
  house.clock.moveTo(new Date('2022-06-24T03:30:00Z'));
  await enter();
  const plain = String((await page()).body);
  // Around an English text are English words, unless the reader chose Persian.
  expect(plain).toContain('<html lang="en" dir="ltr">');
  expect(plain.replace(/<a [^>]*lang="fa"[^>]*>[^<]*<\/a>/g, '')).not.toMatch(/[\u0600-\u06ff]/);
  const persian = String((await page('?lang=fa')).body);
  expect(persian).toContain('<html lang="fa" dir="rtl">');
  expect(persian).toContain('<h1 lang="en" dir="auto">');
  await takeBackOneJob();
  const reason = 'A job had been registered twice.';
  expect((await officer.post(`/api/bulletins/${code}/correctBulletin`, { reason })).status).toBe(
    200,
  );
  const again = await officer.post(`/api/bulletins/${code}/correctBulletin`, { reason });
  expect(again.body.code).toBe('publishing.draft_open');
  await published(code);
  const second = String((await page('?lang=en')).body);
  expect(second).toContain(reason);
  expect(second).toContain('<del>2,240</del>');
  expect(second).toContain('<ins>2,239</ins>');
  const first = String((await page('?version=1&lang=en')).body);
  expect(first).toContain('A newer version has taken the place');
  expect(first).toContain('2,240');
  expect(await verified(number)).toEqual([]);
  const owner = house.database.pools.migrator;
  await owner.query(`update bulletin_versions set figures = jsonb_set(figures, '{values,plans_funded}', '"854"')
    where version = 2`);
  expect((await verified(number)).map(({ what }) => what)).toEqual(['plans_funded', 'hash']);
});

async function takeBackOneJob(): Promise<void> {
  const { rows } = await house.database.pools.migrator.query(
    `select h.case_id from history h join history_heads d on d.case_id = h.case_id and d.seq = h.seq
     where h.verb = 'employment.register' and h.sign = 1 and h.people = 1 limit 1`,
  );
  const now = house.clock.now();
  await house.database.transaction(provinceContext(4), (tx) =>
    takeBackJob(
      tx,
      {
        ...{ provinceId: 4, actorId: null, organisationId: null, now, today: '2022-06-24' },
        opId: uuid7(now.getTime()),
      },
      [{ caseId: rows[0].case_id, reason: 'twice' }],
    ),
  );
}
