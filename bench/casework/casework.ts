import { sql } from 'kysely';
import { readDemoRows } from '../../demo/reference.ts';
import { encodeCode } from '../../src/kit/code.ts';
import type { Database } from '../../src/platform/database.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { enter } from './door.ts';
import { type Connection, connect, type Timed } from './load.ts';
import { cases } from './province.ts';
import { nationalIdOf, plainOccupations, provinceId } from './seed.ts';

/** The cookies of the people in the bench. */
export type Cookies = { readonly expert: string; readonly officer: string };

/** The agency whose expert works in the bench. */
export const agency = 'HERITAGE';

/** Signs an expert and an officer in, through the product's own door. */
export async function signIn(base: string): Promise<Cookies> {
  const connection = connect(base);
  try {
    return {
      expert: await enter(connection, `expert-${agency.toLowerCase()}`),
      officer: await enter(connection, 'officer'),
    };
  } finally {
    connection.close();
  }
}

const occupations = plainOccupations().filter(({ agencyId }) => agencyId === agency);
const given = readDemoRows('given-names');
const family = readDemoRows('family-names');
const streets = readDemoRows('streets');
// A server that was stopped and one that follows must not meet each other's people.
let applicants = cases;

/** The application of somebody whom the province does not know yet. */
export function application() {
  applicants += 1;
  const n = applicants;
  const { fa: firstName, sex } = given[n % given.length] ?? {};
  const { fa: lastName } = family[(n >> 3) % family.length] ?? {};
  const nationalId = nationalIdOf(n);
  const mobile = `0914${String(n % 10_000_000).padStart(7, '0')}`;
  return {
    person: { nationalId, idKind: 'national', firstName, lastName, sex, mobile },
    household: {
      countyId: '0401',
      area: 'urban',
      address: `${streets[n % streets.length]?.fa} ${n}`,
    },
    kind: 'independent',
    occupationId: occupations[n % occupations.length]?.id,
  };
}

/** One case from the application to the permit, by the product. */
export async function wholeCase(who: Cookies, connection: Connection, time: Timed): Promise<void> {
  const submitted = await time('submit', () =>
    connection.post('/api/permits', who.expert, application()),
  );
  const { code } = submitted.body;
  await time('sign', () => connection.post(`/api/permits/${code}/sign`, who.expert, {}));
  await time('grant', () => connection.post(`/api/permits/${code}/grant`, who.officer, {}));
}

/** The same by the bare server, which is sent the same bytes. */
export async function bareCase(who: Cookies, connection: Connection, time: Timed): Promise<void> {
  const submitted = await time('submit', () =>
    connection.post('/submit', who.expert, application()),
  );
  const { code } = submitted.body;
  await time('sign', () => connection.post(`/sign/${code}`, who.expert, {}));
  await time('grant', () => connection.post(`/grant/${code}`, who.officer, {}));
}

/** What is looked for by readers: cases all over the record. */
export type Known = { readonly codes: readonly string[]; readonly words: readonly string[] };

/** Draws cases from the whole record, and what one would type to find some of them. */
export async function drawKnown(database: Database): Promise<Known> {
  const { rows } = await database.transaction(provinceContext(provinceId), (tx) =>
    sql<{ id: string; national_id: string; number: string | null; name: string; last: string }>`
      select c.id, p.national_id, m.number, p.first_name || ' ' || p.last_name as name, p.last_name as last
      from cases c tablesample system (0.2) repeatable (7)
      join people p on p.province_id = c.province_id and p.id = c.person_id
      left join permits m on m.province_id = c.province_id and m.id = c.permit_id
      where c.province_id = ${provinceId} and c.agency_id = ${agency}`.execute(tx),
  );
  const ways = [
    (row: (typeof rows)[number]) => row.national_id,
    (row: (typeof rows)[number]) => row.number ?? row.national_id,
    (row: (typeof rows)[number]) => row.name,
    (row: (typeof rows)[number]) => row.last,
  ];
  return {
    codes: rows.map(({ id }) => encodeCode(provinceId, id)),
    words: rows.map((row, at) => ways[at % ways.length]?.(row) ?? ''),
  };
}

const lists = [
  '',
  '?state=issued',
  '?state=submitted',
  '?county=0405',
  '?late=true',
  '?occupation=carpet-weaving',
];
let turn = 0;

/** One of each kind of read, by the expert and the officer in turn. */
export async function readRound(
  { expert, officer }: Cookies,
  { codes, words }: Known,
  connection: Connection,
  time: Timed,
): Promise<void> {
  turn += 1;
  const at = turn;
  const who = at % 2 ? expert : officer;
  const get = (name: string, url: string) => time(name, () => connection.get(url, who));
  await get('case', `/api/cases/${codes[(at * 7919) % codes.length]}`);
  await get('list', `/api/cases${lists[at % lists.length]}`);
  await get('queue', '/api/queue');
  await get(
    'search',
    `/api/cases?q=${encodeURIComponent(words[(at * 104_729) % words.length] ?? '')}`,
  );
}
