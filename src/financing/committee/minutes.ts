import { readFileSync } from 'node:fs';
import { type RawBuilder, sql } from 'kysely';
import {
  countyLabel,
  occupationLabel,
  provinceLabel,
  type Reference,
} from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import { toPersianDigits } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { paperPdf } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Say } from '../../platform/language.ts';

/** The sittings of a province, the newest first, with how many cases each approved, put off and refused. */
export async function listSittings(tx: Tx, reference: Reference, provinceId: number) {
  const { rows } = await sql<RawSitting & { approved: bigint; deferred: bigint; refused: bigint }>`
    select s.id, s.body, s.county_id, s.fiscal_year, s.number, s.held_on, s.members,
      count(*) filter (where d.verdict = 'approved') as approved,
      count(*) filter (where d.verdict = 'deferred') as deferred,
      count(*) filter (where d.verdict = 'refused') as refused
    from sittings s
    join sitting_decisions d on d.province_id = ${provinceId} and d.sitting_id = s.id
    where s.province_id = ${provinceId}
    group by s.province_id, s.id order by s.held_on desc, s.recorded_at desc limit 50`.execute(tx);
  return rows.map((row) => ({
    code: encodeCode(provinceId, row.id),
    body: row.body,
    county: row.county_id === null ? null : countyLabel(reference, row.county_id),
    fiscalYear: row.fiscal_year,
    number: row.number,
    heldOn: row.held_on,
    ...{ approved: Number(row.approved), deferred: Number(row.deferred) },
    refused: Number(row.refused),
  }));
}

type RawSitting = {
  id: string;
  body: string;
  county_id: number | null;
  fiscal_year: number;
  number: number;
  held_on: string;
  members: string[];
};

type Line = {
  /** Null on an agenda: it is yet to be decided. */
  verdict: string | null;
  reason: string | null;
  first_name: string;
  last_name: string;
  demonstration: boolean;
  occupation_id: string;
  number: string;
};

const source = readFileSync(new URL('./minutes.typ', import.meta.url), 'utf8');
const word = (name: string) => `financing.minutes.${name}`;

/**
 * The minutes of a sitting as PDF, A4, in Persian.
 * @throws Problem `platform.not_found` (404)
 */
export async function minutesPdf(
  tx: Tx,
  { reference, say, now }: { reference: Reference; say: Say; now: Date },
  { provinceId, id }: { provinceId: number; id: string },
): Promise<Buffer> {
  const sitting = await tx
    .selectFrom('sittings')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!sitting) throw new Problem('platform.not_found');
  const { rows: lines } = await sql<Line>`
    select d.verdict, d.reason, ${ofLine}
    from sitting_decisions d
    ${toLine(provinceId, sql`d.case_id`)}
    where d.province_id = ${provinceId} and d.sitting_id = ${id} order by d.place`.execute(tx);
  const number = toPersianDigits(`${sitting.fiscal_year}/${sitting.number}`);
  const paper = {
    ...listPaper({ reference, say }, sitting, lines),
    title: say(word(sitting.body), { place: placeOf(reference, provinceId, sitting.county_id) }),
    number: say(word('number'), { number }),
    day: formatJalali(String(sitting.held_on) as IsoDate, 'fa', 'long'),
  };
  return paperPdf(source, paper, now);
}

/**
 * The agenda of a sitting as PDF, A4, in Persian: its cases in order, and room to write what is decided.
 * @throws Problem `platform.not_found` (404)
 */
export async function agendaPdf(
  tx: Tx,
  { reference, say, now }: { reference: Reference; say: Say; now: Date },
  { provinceId, id }: { provinceId: number; id: string },
): Promise<Buffer> {
  const agenda = await tx
    .selectFrom('agendas')
    .select(['body', 'county_id', 'meets_on'])
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!agenda) throw new Problem('platform.not_found');
  const { rows: lines } = await sql<Line>`
    select null as verdict, null as reason, ${ofLine}
    from agenda_cases l
    ${toLine(provinceId, sql`l.case_id`)}
    where l.province_id = ${provinceId} and l.agenda_id = ${id} order by l.place`.execute(tx);
  const paper = {
    ...listPaper({ reference, say }, { members: [] }, lines),
    title: say(`financing.agenda.${agenda.body}`, {
      place: placeOf(reference, provinceId, agenda.county_id),
    }),
    number: say('financing.agenda.meets'),
    day: formatJalali(String(agenda.meets_on) as IsoDate, 'fa', 'long'),
  };
  return paperPdf(source, paper, now);
}

function placeOf(reference: Reference, provinceId: number, countyId: number | null): string {
  const place =
    countyId === null ? provinceLabel(reference, provinceId) : countyLabel(reference, countyId);
  return place.label.fa;
}

/** What minutes and agendas share: the cases, line by line, and who signs. */
function listPaper(
  { reference, say }: { reference: Reference; say: Say },
  { members }: { readonly members: readonly string[] },
  lines: readonly Line[],
) {
  return {
    columns: ['row', 'name', 'permit', 'occupation', 'verdict'].map((name) => say(word(name))),
    rows: lines.map((line, at) => [
      toPersianDigits(String(at + 1)),
      ...cellsOf(reference, say, line),
    ]),
    membersTitle: members.length === 0 ? '' : say(word('members')),
    members,
    demonstration: lines.some((line) => line.demonstration) ? say(word('demonstration')) : null,
  };
}

function cellsOf(reference: Reference, say: Say, line: Line): string[] {
  const verdict = line.verdict === null ? '' : say(`financing.sittingVerdicts.${line.verdict}`);
  return [
    `${line.first_name} ${line.last_name}`,
    toPersianDigits(line.number),
    occupationLabel(reference, line.occupation_id).label.fa,
    line.reason === null ? verdict : `${verdict}: ${line.reason}`,
  ];
}

const ofLine = sql`p.first_name, p.last_name, p.demonstration, c.occupation_id,
  coalesce(t.number, '') as number`;

function toLine(provinceId: number, caseId: RawBuilder<unknown>) {
  return sql`join cases c on c.province_id = ${provinceId} and c.id = ${caseId}
    join people p on p.province_id = ${provinceId} and p.id = c.person_id
    left join permits t on t.province_id = ${provinceId} and t.id = c.permit_id`;
}
