import { sql } from 'kysely';
import { occupationLabel, type Reference } from '../accounts/index.ts';
import { formatJalali, isIsoDate } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { type Language, sayer } from '../platform/language.ts';
import { sendSms } from '../platform/sms.ts';
import en from './en.ts';
import fa from './fa.ts';
import type { PermitVerb } from './rules.ts';

/** What the applicant hears of, and by which message. */
const messages: Partial<Record<PermitVerb, keyof typeof fa.sms>> = {
  'permits.submit': 'submitted',
  'permits.returnForCorrection': 'returned',
  'permits.correct': 'corrected',
  'permits.withdraw': 'withdrawn',
  'permits.askClearance': 'asked',
  'permits.completeClearance': 'cleared',
  'permits.denyClearance': 'denied',
  'permits.sign': 'signed',
  'permits.refuse': 'refused',
  'permits.grant': 'issued',
  'permits.grantAutomatically': 'issued',
  'permits.grantProvisionally': 'provisional',
  'permits.grantBySilence': 'issued',
  'permits.confirm': 'confirmed',
  'permits.object': 'objected',
  'permits.uphold': 'upheld',
  'permits.overturn': 'overturned',
  'permits.suspend': 'suspended',
  'permits.reinstate': 'reinstated',
  'permits.changeAddress': 'changed',
  'permits.changeOccupation': 'changed',
  'permits.askRenewal': 'renewalAsked',
  'permits.signRenewal': 'renewalSigned',
  'permits.renew': 'renewed',
  'permits.refuseRenewal': 'renewalRefused',
  'permits.expire': 'expired',
  'permits.revoke': 'revoked',
};

const words = { fa: { permits: fa }, en: { permits: en } };
const sayers = { fa: sayer(words, 'fa'), en: sayer(words, 'en') };

type Told = {
  mobile: string;
  occupationId: string;
  dueOn: string | null;
  number: string | null;
  validUntil: string | null;
  facts: Record<string, unknown>;
};

/**
 * Tells applicants by SMS, in the caller's transaction, what a step that has just been taken means for
 * them. Steps that are no news to them, and people without a mobile, are passed over. Called by what
 * people do one by one; loading a register or the demonstration tells nobody. A permit that ended with its
 * holder tells nobody either. Messages are Persian, the language of the law and of every permit: the record
 * keeps no language of a person, and whoever reads the pages in English still gets a text that any office reads.
 */
export async function tellApplicants(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: PermitVerb,
  caseIds: readonly string[],
  language: Language = 'fa',
): Promise<void> {
  const message = messages[verb];
  if (!message) return;
  const { rows } = await sql<Told>`
    select p.mobile, c.occupation_id as "occupationId", c.due_on as "dueOn", m.number,
      m.valid_until as "validUntil", h.facts
    from cases c
    join people p on p.province_id = ${act.provinceId} and p.id = c.person_id
    join history h on h.province_id = ${act.provinceId} and h.case_id = c.id
      and h.op_id = ${act.opId}::uuid and h.verb = ${verb} and h.sign = 1
    left join permits m on m.province_id = ${act.provinceId} and m.id = c.permit_id
    where c.province_id = ${act.provinceId} and c.id = any(${caseIds}::uuid[])
      and p.mobile is not null
    order by c.id`.execute(tx);
  for (const row of rows) {
    const text = sayers[language](`permits.sms.${message}`, said(reference, row, language));
    await sendSms(tx, { provinceId: act.provinceId, mobile: row.mobile, text, now: act.now });
  }
}

/** Everything a message may say, as its language says it. */
function said(reference: Reference, row: Told, language: Language) {
  const digits = (text: string) => (language === 'fa' ? toPersianDigits(text) : text);
  const day = (iso: string | null) =>
    iso !== null && isIsoDate(iso) ? formatJalali(iso, language, 'long') : '';
  const numbers = (row.facts.condition_numbers as number[] | undefined) ?? [];
  const conditions = numbers.map((number) => {
    const known = reference.refusalConditions.get(number);
    return `${digits(String(number))}. ${(language === 'fa' ? known?.name_fa : known?.name_en) ?? ''}`;
  });
  return {
    occupation: occupationLabel(reference, row.occupationId).label[language],
    day: day(row.dueOn),
    conditions: conditions.join(' '),
    number: digits(row.number ?? ''),
    until: day(row.validUntil),
  };
}
