import { randomInt } from 'node:crypto';
import { sql } from 'kysely';
import { findByNationalId, type Reference, settingOn } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import { type Ended, erasureFault } from './erasure-rules.ts';
import words from './fa.ts';

/** Whom to make nobody, and why. */
export type Erasure = {
  readonly provinceId: number;
  readonly nationalId: string;
  /** Whether the person asked for it; else the term has to be over. */
  readonly asked: boolean;
  readonly reason: string;
  readonly now: Date;
  /** Today, by the house's calendar day. */
  readonly today: string;
};

/** What was done: rows that lost what they held, by table. */
export type Erased = { readonly rows: Readonly<Record<string, number>>; readonly files: number };

const gone = words.erased;
/** A number that no phone has. */
const nowhere = '09000000000';

/**
 * Makes a person nobody: name, numbers, birth, address, documents, messages and account go; the record of the
 * cases, with what they count for, stays as it is. The owner of the tables does it, in one transaction; files go
 * behind it. Asked again, it does nothing more.
 * @throws Problem `platform.not_found`, `figures.erase_open`, `figures.erase_early`
 */
export async function erasePerson(
  { database, files }: { readonly database: Database; readonly files: Files },
  reference: Reference,
  erasure: Erasure,
): Promise<Erased> {
  const { keys, rows } = await database.migratorTransaction(async (tx) => {
    const person = await getPerson(tx, erasure);
    const ended = await readEnd(tx, erasure.provinceId, person);
    const years = Number(
      settingOn(reference, 'accounts.keep_years', erasure.provinceId, erasure.today),
    );
    const fault = erasureFault(ended, { ...erasure, years });
    if (fault) throw new Problem(fault.code, fault.details);
    await writeErasure(tx, erasure, person.id, ended);
    return {
      keys: await fileKeys(tx, erasure.provinceId, person.id),
      rows: await blank(tx, erasure, person),
    };
  }, erasure.provinceId);
  for (const key of keys) await files.delete(key);
  return { rows, files: keys.length };
}

type Person = { readonly id: string; readonly nationalId: string; readonly mobile: string | null };

async function getPerson(tx: Tx, { provinceId, nationalId }: Erasure): Promise<Person> {
  const found = (await findByNationalId(tx, provinceId, [nationalId])).get(nationalId);
  if (!found) throw new Problem('platform.not_found');
  return tx
    .selectFrom('people')
    .select(['id', 'national_id as nationalId', 'mobile'])
    .where('province_id', '=', provinceId)
    .where('id', '=', found.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** What of the person is not over, and when the last of it ended. */
async function readEnd(tx: Tx, provinceId: number, { id, nationalId }: Person): Promise<Ended> {
  const { rows } = await sql<{ open: number; paid: boolean; lastOn: string | null }>`
    select
      (select count(*) from cases where province_id = ${provinceId} and person_id = ${id}
        and state not in ('refused', 'withdrawn', 'revoked', 'ended', 'void'))::int
      + (select count(*) from plans where province_id = ${provinceId} and person_id = ${id}
        and state in ('referred', 'returned', 'file_opened', 'contracted'))::int
      + (select count(*) from jobs where province_id = ${provinceId} and person_id = ${id}
        and ended_on is null)::int
      as open,
      exists (select from tranches t join plans p on p.province_id = ${provinceId} and p.id = t.plan_id
        where t.province_id = ${provinceId} and p.person_id = ${id}) as paid,
      (select max(happened_on) from history
        where province_id = ${provinceId} and person_id = ${id})::text as "lastOn"`.execute(tx);
  const [row] = rows;
  const loans = await tx
    .selectFrom('open_loans')
    .select('plan_id')
    .where('national_id', '=', nationalId)
    .execute();
  return {
    open: (row?.open ?? 0) + loans.length,
    paid: row?.paid ?? false,
    lastOn: row?.lastOn ?? null,
  };
}

async function writeErasure(tx: Tx, it: Erasure, personId: string, { lastOn }: Ended) {
  await tx
    .insertInto('erasures')
    .values({
      ...{ province_id: it.provinceId, id: uuid7(it.now.getTime()), person_id: personId },
      ...{ asked: it.asked, reason: it.reason, ended_on: lastOn ?? it.today, erased_at: it.now },
    })
    .execute();
}

/** Sent for their case or draft, by whomever. */
function documentsOf(provinceId: number, personId: string) {
  return sql<boolean>`(person_id = ${personId}
    or case_id in (select id from cases where province_id = ${provinceId} and person_id = ${personId})
    or draft_id in (select id from drafts where province_id = ${provinceId} and person_id = ${personId}))`;
}

async function fileKeys(tx: Tx, provinceId: number, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('documents')
    .select('file_key')
    .where('province_id', '=', provinceId)
    .where(documentsOf(provinceId, personId))
    .where('file_key', 'is not', null)
    .execute();
  return rows.map(({ file_key }) => file_key ?? '');
}

/** A number that no register gives: fourteen digits. */
function pseudonym(): string {
  return `99${randomInt(1e6).toString().padStart(6, '0')}${randomInt(1e6).toString().padStart(6, '0')}`;
}

async function blank(tx: Tx, it: Erasure, person: Person): Promise<Record<string, number>> {
  const nobody = pseudonym();
  // Who they are comes last among what is looked for by it.
  const statements = {
    ...ofCases(it, person),
    ...ofAccounts(it, person),
    people: sql`update people set national_id = ${nobody}, first_name = ${gone}, last_name = ${gone},
      father_name = null, birth_on = null, mobile = null, name_key = ''
      where province_id = ${it.provinceId} and id = ${person.id}`,
  };
  const rows: Record<string, number> = {
    counted_people: await renumberCounted(tx, person.nationalId, nobody),
    sign_in_names: await forgetNames(tx, it.provinceId, person.id),
  };
  for (const [table, statement] of Object.entries(statements)) {
    rows[table] = Number((await statement.execute(tx)).numAffectedRows ?? 0n);
  }
  return rows;
}

/** The names by which they signed in are free again. */
async function forgetNames(tx: Tx, provinceId: number, personId: string): Promise<number> {
  const accounts = await tx
    .selectFrom('accounts')
    .select(['id', 'username'])
    .where('province_id', '=', provinceId)
    .where('person_id', '=', personId)
    .execute();
  const { numAffectedRows } = await sql`delete from sign_in_names
    where name = any(${accounts.map(({ username }) => username)}::text[])
      and account_id = any(${accounts.map(({ id }) => id)}::uuid[])`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** They stay counted under the new number. Rows lie by it, so they go and come instead of changing. */
async function renumberCounted(tx: Tx, nationalId: string, nobody: string): Promise<number> {
  const rows = await tx
    .deleteFrom('counted_people')
    .where('national_id', '=', nationalId)
    .returningAll()
    .execute();
  if (rows.length === 0) return 0;
  const renumbered = rows.map((row) => ({ ...row, national_id: nobody }));
  await tx.insertInto('counted_people').values(renumbered).execute();
  return rows.length;
}

/** What hangs on their cases, but the record. */
function ofCases({ provinceId }: Erasure, { id, nationalId }: Person) {
  const theirs = documentsOf(provinceId, id);
  const own = sql`(select id from cases where province_id = ${provinceId} and person_id = ${id})`;
  return {
    households: sql`update households set address = null, address_key = null, postal_code = null
      where province_id = ${provinceId} and id in
        (select household_id from cases where province_id = ${provinceId} and person_id = ${id})
      and id not in
        (select household_id from cases where province_id = ${provinceId} and person_id <> ${id})`,
    permit_versions: sql`update permit_versions set address = null
      where province_id = ${provinceId} and person_id = ${id} and address is not null`,
    document_pieces: sql`delete from document_pieces where province_id = ${provinceId}
      and document_id in (select id from documents where province_id = ${provinceId} and ${theirs})`,
    documents: sql`delete from documents where province_id = ${provinceId} and ${theirs}`,
    drafts: sql`delete from drafts where province_id = ${provinceId} and person_id = ${id}`,
    payment_orders: sql`update payment_orders set creditor_name = ${gone}
      where province_id = ${provinceId} and case_id in ${own}`,
    import_rows: sql`update import_rows set cells = '[]', summary = ''
      where province_id = ${provinceId} and cells::text like ${`%${nationalId}%`}`,
  };
}

/** What was written to them, and what they did under a name of their own. */
function ofAccounts({ provinceId, now }: Erasure, { id, mobile }: Person) {
  const accounts = sql`(select id from accounts where province_id = ${provinceId} and person_id = ${id})`;
  return {
    sms_outbox: sql`update sms_outbox set mobile = ${nowhere}, text = null
      where province_id = ${provinceId} and mobile = ${mobile}`,
    sign_in_codes: sql`delete from sign_in_codes
      where province_id = ${provinceId} and mobile = ${mobile}`,
    orders: sql`update orders set buyer_name = ${gone}, buyer_mobile = ${nowhere}, address = ${gone},
      postal_code = null, note = '' where buyer_province_id = ${provinceId} and buyer_id in ${accounts}`,
    sessions: sql`update sessions set ended_at = coalesce(ended_at, ${now}), user_agent = null
      where province_id = ${provinceId} and account_id in ${accounts}`,
    accounts: sql`update accounts set username = 'erased ' || id, name_fa = ${gone},
      name_en = 'Erased', password_hash = null, closed_at = coalesce(closed_at, ${now})
      where province_id = ${provinceId} and person_id = ${id}`,
  };
}
