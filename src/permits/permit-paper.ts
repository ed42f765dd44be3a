import {
  countyLabel,
  occupationLabel,
  organisationLabel,
  provinceLabel,
  type Reference,
} from '../accounts/index.ts';
import { formatJalali, type IsoDate } from '../kit/jalali.ts';
import { isolateLtr, toPersianDigits } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Say } from '../platform/language.ts';
import type { Principal } from '../platform/policy.ts';
import { contactFor } from './masks.ts';
import { approvalsOf, conditionsOf, namesOf } from './permit-panel.ts';
import type { PermitPaper } from './permit-pdf.ts';
import { visibleTo } from './policy.ts';
import { type Approval, versionsOf } from './versions.ts';

type Asked = {
  readonly reference: Reference;
  readonly principal: Principal;
  readonly key: { readonly provinceId: number; readonly id: string };
  /** ISO date. */
  readonly today: string;
  readonly publicUrl: string;
  /** Says the words of the paper: it is set in Persian whatever language its reader uses. */
  readonly say: Say;
};

const word = (name: string) => `permits.paper.${name}`;
const day = (iso: string) => formatJalali(iso as IsoDate, 'fa', 'long');

/**
 * What the paper of a case's permit says today, for whoever sees the case.
 * @throws Problem `platform.not_found` (404) when the case is not theirs to see or has no permit
 */
export async function permitPaper(tx: Tx, asked: Asked): Promise<PermitPaper> {
  const { reference, say, key, today } = asked;
  const row = await selectPaper(tx, asked);
  if (!row) throw new Problem('platform.not_found');
  const version = (await versionsOf(tx, key.provinceId, row.id)).at(-1);
  if (!version) throw new Problem('platform.not_found');
  const county = countyLabel(reference, version.county_id).label.fa;
  const province = provinceLabel(reference, key.provinceId).label.fa;
  const place = say('permits.paper.placeOf', { county, province });
  const until = String(row.valid_until);
  const status = version.status === 'valid' && until < today ? 'expired' : version.status;
  const facts: [string, string][] = [
    [say(word('number')), toPersianDigits(row.number)],
    [say(word('name')), `${row.first_name} ${row.last_name}`],
    [say(word('nationalId')), isolateLtr(toPersianDigits(maskedNumber(row.national_id)))],
    [say(word('kind')), say(`permits.kinds.${row.kind}`)],
    [say(word('occupation')), occupationLabel(reference, version.occupation_id).label.fa],
    [say(word('place')), place],
    ...addressFact(contactFor(asked.principal, version.address), say),
    [say(word('agency')), organisationLabel(reference, version.agency_id).label.fa],
    [say(word('issuedOn')), day(String(row.issued_on))],
    [say(word('validUntil')), day(until)],
  ];
  return {
    ...paperWords(say),
    number: toPersianDigits(row.number),
    facts,
    conditions: conditionLines(version.conditions, say),
    stamp: status === 'valid' ? null : say(word(`stamp.${status}`)),
    signatures: await signatures(tx, asked, approvalsOf(version)),
    address: `${asked.publicUrl}/p/${encodeURIComponent(row.number)}`,
    hash: row.hash.toString('hex'),
    version: say(word('version'), {
      version: toPersianDigits(String(version.version)),
      day: day(String(version.valid_from)),
    }),
    printedOn: say(word('printedOn'), { day: day(today) }),
    demonstration: row.demonstration ? say(word('demonstration')) : null,
  };
}

function addressFact(address: string | null, say: Say): [string, string][] {
  return address === null ? [] : [[say(word('address')), address]];
}

function conditionLines(kept: unknown, say: Say): string[] {
  const conditions = conditionsOf(kept);
  return conditions.length > 0 ? conditions : [say(word('noConditions'))];
}

/** The digits in the middle are nobody's business who is shown the paper at a stall. */
function maskedNumber(nationalId: string): string {
  return `${nationalId.slice(0, 3)}••••${nationalId.slice(-3)}`;
}

function paperWords(say: Say) {
  return {
    law: say(word('law')),
    title: say(word('title')),
    conditionsTitle: say(word('conditions')),
    signaturesTitle: say(word('signatures')),
    check: say(word('check')),
    hashTitle: say(word('hash')),
  };
}

async function signatures(tx: Tx, { reference, say, key }: Asked, approvals: readonly Approval[]) {
  const names = await namesOf(tx, key.provinceId, approvals);
  return approvals.map(({ verb, actor, organisation, on }) => ({
    act: say(verb.replace('permits.', 'permits.verbs.')),
    who: (actor && names.get(actor)?.fa) || say(word('byRule')),
    organisation: organisation ? organisationLabel(reference, organisation).label.fa : '',
    day: day(on),
  }));
}

function selectPaper(tx: Tx, { principal, key }: Asked) {
  return tx
    .selectFrom('cases')
    .innerJoin('permits', (join) =>
      join
        .onRef('permits.id', '=', 'cases.permit_id')
        .on('permits.province_id', '=', key.provinceId),
    )
    .innerJoin('people', (join) =>
      join.onRef('people.id', '=', 'cases.person_id').on('people.province_id', '=', key.provinceId),
    )
    .innerJoin('history_heads', (join) =>
      join
        .onRef('history_heads.case_id', '=', 'cases.id')
        .on('history_heads.province_id', '=', key.provinceId),
    )
    .select([
      'permits.id',
      'permits.number',
      'permits.issued_on',
      'permits.valid_until',
      'cases.kind',
      'people.first_name',
      'people.last_name',
      'people.national_id',
      'people.demonstration',
      'history_heads.hash',
    ])
    .where('cases.province_id', '=', key.provinceId)
    .where('cases.id', '=', key.id)
    .where(visibleTo(principal))
    .executeTakeFirst();
}
