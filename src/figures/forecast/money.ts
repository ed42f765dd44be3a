import { sql } from 'kysely';
import type { Static } from 'typebox';
import { countyLabel, labelled, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { addDays, addJalaliMonths, daysBetween, type IsoDate } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import type { ForecastAnswer } from './contract.ts';
import {
  bestOf,
  type Daily,
  errorOver,
  expectedAfter,
  methods,
  sumOf,
  testMethod,
} from './rules.ts';

type Answer = Static<typeof ForecastAnswer>;
type Asked = { readonly principal: Principal; readonly today: string };
type Key = { readonly provinceId: number; readonly id: string };
type PaidRow = {
  day: string;
  agency_id: string;
  county_id: number;
  bank_id: string;
  own: boolean;
  rial: bigint;
};

/** How many past month ends a method is tested at. */
const monthsTested = 15;

/**
 * Where an allocation will end at the pace of today: what will not be spent on its last day, by the method
 * that was off least in past months, with how far off it was; and each share with its own pace.
 * @throws Problem `platform.not_found` (404)
 */
export async function forecastMoney(
  tx: Tx,
  reference: Reference,
  { principal, today }: Asked,
  key: Key,
): Promise<Answer> {
  const row = await tx
    .selectFrom('allocations')
    .selectAll()
    .where('province_id', '=', key.provinceId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  const paid = await paidRows(tx, principal, key, row.credit_line_id);
  const ceilings = await ceilingRows(tx, key);
  const ceiling = wholeCeiling(ceilings, principal);
  const lastOn = String(row.carry_over_on ?? row.deadline_on);
  const daysLeft = Math.max(0, daysBetween(today as IsoDate, lastOn as IsoDate));
  const own = paid.filter(({ own: isOwn }) => isOwn);
  const paidRial = own.reduce((sum, { rial }) => sum + rial, 0n);
  const year = { from: String(row.from_on), today, lastOn, daysLeft };
  return {
    code: encodeCode(key.provinceId, key.id),
    creditLine: labelled(row.credit_line_id, reference.creditLines.get(row.credit_line_id)),
    ...{ fiscalYear: row.fiscal_year, today, lastOn, daysLeft },
    ceilingRial: ceiling.toString(),
    paidRial: paidRial.toString(),
    ...guessOf(dailyOf(paid), { ...year, ceiling: Number(ceiling), paid: Number(paidRial) }),
    shares: sharesOf(reference, ceilings, own, today),
  };
}

/** Payments of the credit line as far as they are the reader's; `own` are those of this allocation. */
async function paidRows(tx: Tx, { role, organisationId }: Principal, key: Key, line: string) {
  const mine =
    role === 'expert'
      ? sql`and p.agency_id = ${organisationId ?? ''}`
      : role === 'bank'
        ? sql`and p.bank_id = ${organisationId ?? ''}`
        : sql``;
  const { rows } = await sql<PaidRow>`
    select t.paid_on::text as day, p.agency_id, p.county_id, p.bank_id,
      coalesce(p.allocation_id = ${key.id}::uuid, false) as own, sum(t.amount_rial)::bigint as rial
    from tranches t join plans p on p.province_id = ${key.provinceId} and p.id = t.plan_id
    where t.province_id = ${key.provinceId} and t.taken_back_at is null
      and p.credit_line_id = ${line} ${mine}
    group by 1, 2, 3, 4, 5`.execute(tx);
  return rows;
}

async function ceilingRows(tx: Tx, { provinceId, id }: Key) {
  return tx
    .selectFrom('ceilings')
    .select(['agency_id', 'county_id', 'bank_id', 'ceiling_rial'])
    .where('province_id', '=', provinceId)
    .where('allocation_id', '=', id)
    .execute();
}

type Ceiling = Awaited<ReturnType<typeof ceilingRows>>[number];

/** The ceiling over everything that is the reader's. */
function wholeCeiling(ceilings: readonly Ceiling[], { role, organisationId }: Principal): bigint {
  const agency = role === 'expert' ? organisationId : null;
  const bank = role === 'bank' ? organisationId : null;
  const whole = ceilings.find(
    (one) => one.county_id === null && one.agency_id === agency && one.bank_id === bank,
  );
  return BigInt(whole?.ceiling_rial ?? 0n);
}

function dailyOf(paid: readonly PaidRow[]): Daily {
  const daily = new Map<string, number>();
  for (const { day, rial } of paid) daily.set(day, (daily.get(day) ?? 0) + Number(rial));
  return daily;
}

type Year = {
  readonly from: string;
  readonly today: string;
  readonly lastOn: string;
  readonly daysLeft: number;
  readonly ceiling: number;
  readonly paid: number;
};

/** The past month ends at which methods are tested, the newest first; none before the first payment. */
function pastMonthEnds(daily: Daily, today: string): string[] {
  const first = [...daily.keys()].sort()[0];
  if (first === undefined) return [];
  return Array.from({ length: monthsTested }, (_, nth) =>
    String(addJalaliMonths(today as IsoDate, -1 - nth)),
  ).filter((day) => day > String(addDays(first as IsoDate, 30)));
}

const rial = (value: number) => String(Math.round(value));

function guessOf(daily: Daily, year: Year): Pick<Answer, 'guess' | 'methods'> {
  const first = [...daily.keys()].sort()[0] ?? year.from;
  const days = pastMonthEnds(daily, year.today);
  const tested = methods.map((method) =>
    testMethod(method, daily, { from: first, days, today: year.today }),
  );
  const shown = tested.map(({ method, tests, error }) => ({
    method,
    tests,
    errorRial: rial(error),
  }));
  const best = bestOf(tested);
  const from = [year.from, first].sort().at(-1) ?? first;
  const span = { from, at: year.today, until: year.lastOn };
  const more = best ? expectedAfter(best.method, daily, span) : null;
  if (!best || more === null) return { guess: null, methods: shown };
  const off = errorOver(best.error, year.daysLeft);
  const unspent = (paid: number) => Math.min(year.ceiling, Math.max(0, year.ceiling - paid));
  return {
    methods: shown,
    guess: {
      method: best.method,
      unspentRial: rial(unspent(year.paid + more)),
      lowRial: rial(unspent(year.paid + more + off)),
      highRial: rial(unspent(year.paid + Math.max(0, more - off))),
      errorRial: rial(best.error),
      tests: best.tests,
    },
  };
}

const parts = { agency: 'agency_id', county: 'county_id', bank: 'bank_id' } as const;
type Part = keyof typeof parts;

/** Agencies, counties and banks with a ceiling of their own, each with what it paid and its pace of ninety days. */
function sharesOf(
  reference: Reference,
  ceilings: readonly Ceiling[],
  own: readonly PaidRow[],
  today: string,
): Answer['shares'] {
  const of = (part: Part) => {
    const column = parts[part];
    const others = Object.values(parts).filter((one) => one !== column);
    const mine = ceilings.filter(
      (one) => one[column] !== null && others.every((other) => one[other] === null),
    );
    return mine.map((one) => {
      const key = one[column];
      const rows = own.filter((row) => row[column] === key);
      const daily = dailyOf(rows);
      const lately = sumOf(daily, String(addDays(today as IsoDate, -89)), today);
      const { id, label } =
        part === 'county'
          ? countyLabel(reference, Number(key))
          : organisationLabel(reference, String(key));
      return {
        ...{ id, label, ceilingRial: String(one.ceiling_rial), payments: rows.length },
        paidRial: rows.reduce((sum, row) => sum + row.rial, 0n).toString(),
        perDayRial: rial(lately / 90),
      };
    });
  };
  return { agency: of('agency'), county: of('county'), bank: of('bank') };
}
