import type { Static } from 'typebox';
import { countyLabel, organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { jalaliYearRange } from '../../kit/jalali.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import { readCells } from '../cube.ts';
import type { Scope } from '../dimensions.ts';
import { figurePermissions } from '../policy.ts';
import type { TargetsAnswer } from './contract.ts';
import { targetYears, type VersionRow, versionRows } from './queries.ts';
import { earlier, paceOf } from './rules.ts';

type Item = Static<typeof TargetsAnswer>['items'][number];

export type TargetsAsked = {
  readonly provinceId: number;
  readonly principal: Principal;
  readonly today: string;
  readonly year: number;
  /** What the whole country has done in a measure until a day of the year; see the routes. */
  readonly inCountry: (measure: string, until: string) => number;
};

/** The targets of a year: what is in force against what is done and the calendar, with every version there was. */
export async function showTargets(
  tx: Tx,
  reference: Reference,
  asked: TargetsAsked,
): Promise<Static<typeof TargetsAnswer>> {
  const { provinceId, year } = asked;
  const rows = await versionRows(tx, provinceId, year);
  const targets = Map.groupBy(rows, (row) => row.target_id);
  const items: Item[] = [];
  for (const versions of targets.values()) {
    items.push(await itemOf(tx, reference, asked, versions));
  }
  const years = new Set([year, ...(await targetYears(tx, provinceId))]);
  return { year, years: [...years].sort((a, b) => b - a), items };
}

async function itemOf(
  tx: Tx,
  reference: Reference,
  asked: TargetsAsked,
  versions: readonly VersionRow[],
): Promise<Item> {
  const [newest] = versions;
  const inForce = versions.find(({ agreed }) => agreed === true);
  const agency = newest?.agency_id ?? null;
  const county = newest?.county_id ?? null;
  return {
    measure: newest?.measure ?? '',
    level: newest?.level ?? '',
    agency: agency === null ? null : organisationLabel(reference, agency),
    county: county === null ? null : countyLabel(reference, county),
    now: inForce ? await standingOf(tx, asked, inForce) : null,
    versions: versions.map((row) => toVersion(asked, row)),
  };
}

async function standingOf(tx: Tx, asked: TargetsAsked, row: VersionRow): Promise<Item['now']> {
  const until = earlier(asked.today, row.due_on);
  const done =
    row.level === 'country'
      ? asked.inCountry(row.measure, until)
      : await doneIn(tx, asked, row, until);
  const { goal, due_on: dueOn } = row;
  const { today, year: fiscalYear } = asked;
  return { goal, dueOn, done, ...paceOf({ fiscalYear, dueOn, goal, done, today }) };
}

/** What the figures say for the scope of a target from the year's first day on. */
async function doneIn(tx: Tx, asked: TargetsAsked, row: VersionRow, until: string) {
  const { from } = jalaliYearRange(asked.year);
  if (until < from) return 0;
  const scope: Scope = {
    ...(row.agency_id === null ? {} : { agency: row.agency_id }),
    ...(row.county_id === null ? {} : { county: String(row.county_id) }),
  };
  const question = { provinceId: asked.provinceId, period: { from, to: until }, scope };
  const cells = await readCells(tx, question);
  return Number(cells.find(({ measure }) => measure === row.measure)?.value ?? 0n);
}

function toVersion({ provinceId, principal }: TargetsAsked, row: VersionRow) {
  const decides = figurePermissions['figures.decideTarget']?.includes(principal.role) ?? false;
  const level = (principal.role === 'ministry') === (row.level === 'country');
  return {
    code: encodeCode(provinceId, row.id),
    ...{ number: row.number, goal: row.goal, dueOn: row.due_on },
    ...{ reason: row.reason, letter: row.letter, note: row.note, agreed: row.agreed },
    askedBy: { fa: row.asker_fa, en: row.asker_en },
    askedAt: row.asked_at.toISOString(),
    decidedBy:
      row.decider_fa === null ? null : { fa: row.decider_fa, en: row.decider_en ?? row.decider_fa },
    decidedAt: row.decided_at?.toISOString() ?? null,
    mayDecide: row.agreed === null && decides && level && row.asked_by !== principal.accountId,
  };
}
