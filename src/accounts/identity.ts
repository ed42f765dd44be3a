import { Type } from 'typebox';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { enqueue, type JobHandlers, jobHandler } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import type { CivilRegistry, RegistryVerdict } from './civil-registry.ts';
import {
  type CheckState,
  findCheck,
  findIdentity,
  insertCheck,
  linkAccount,
  listUnconfirmed,
  restatePerson,
  saveCheck,
  setPersonMobile,
} from './identity-queries.ts';
import {
  cleanPerson,
  findByNationalId,
  knowPeople,
  type PersonInput,
  personDifferences,
} from './people.ts';
import { findAccount } from './queries.ts';
import { tryJobs } from './tries.ts';

/** The organisation that sees whoever comes by themselves; an agency is added with the application. */
const doorkeeper = 'DIRECTORATE';
/** The job that asks the register about one person. */
export const confirmJob = 'accounts.confirmIdentity';

/**
 * Says who a signed-in citizen is. A person of the record is theirs only if name, birth date and mobile
 * are the record's (a mobile in one's own name: mehrnews 6673745); every other case needs the counter,
 * and the refusal is one and the same, so that it tells nothing about anybody.
 * @returns the id of the person
 * @throws Problem `accounts.not_a_national_id`, `accounts.needs_counter`
 */
export async function identify(
  tx: Tx,
  act: Act,
  accountId: string,
  input: PersonInput,
): Promise<string> {
  const account = await findAccount(tx, act.provinceId, accountId);
  if (!account) throw new Problem('platform.not_found');
  const person = cleanPerson({ ...input, mobile: account.username });
  const personId =
    account.person_id === null
      ? await claimPerson(tx, act, person)
      : await restate(tx, act, account.person_id, person);
  await linkAccount(tx, act.provinceId, accountId, personId, person);
  await insertCheck(tx, act, personId);
  if (person.idKind === 'national') {
    await enqueue(tx, confirmJob, { provinceId: act.provinceId, personId });
  }
  return personId;
}

/** The person under this number, if the record says nothing against it; else a new one. */
async function claimPerson(tx: Tx, act: Act, person: PersonInput): Promise<string> {
  const record = (await findByNationalId(tx, act.provinceId, [person.nationalId])).get(
    person.nationalId,
  );
  if (!record) {
    const [known] = await knowPeople(tx, act, doorkeeper, [person]);
    if (!known) throw new Problem('platform.failed');
    return known.id;
  }
  const held = await findIdentity(tx, act.provinceId, record.id);
  const mine = held?.mobile === null || held?.mobile === person.mobile;
  const same = record.birthOn !== null && personDifferences(record, person).length === 0;
  if (!mine || !same) throw new Problem('accounts.needs_counter');
  if (person.mobile) await setPersonMobile(tx, act.provinceId, record.id, person.mobile);
  return record.id;
}

/** What the register did not confirm may be said again; what it confirmed stays. */
async function restate(tx: Tx, act: Act, personId: string, person: PersonInput): Promise<string> {
  const held = await findIdentity(tx, act.provinceId, personId);
  const check = await findCheck(tx, act.provinceId, personId);
  if (held?.national_id !== person.nationalId) {
    if (check?.state !== 'differs') throw new Problem('accounts.needs_counter');
    await setPersonMobile(tx, act.provinceId, personId, null);
    return claimPerson(tx, act, person);
  }
  const record = (await findByNationalId(tx, act.provinceId, [person.nationalId])).get(
    person.nationalId,
  );
  const same = record !== undefined && personDifferences(record, person).length === 0;
  if (!same && check?.state !== 'differs') throw new Problem('accounts.needs_counter');
  await restatePerson(tx, act, personId, person);
  return personId;
}

/**
 * What the civil registry says of a person; null for somebody who was entered by an office.
 */
export async function identityState(
  tx: Tx,
  provinceId: number,
  personId: string,
): Promise<CheckState | null> {
  return (await findCheck(tx, provinceId, personId))?.state ?? null;
}

/** A person of the record in the form in which an application gives one. */
export async function personOf(
  tx: Tx,
  provinceId: number,
  personId: string,
): Promise<PersonInput | undefined> {
  const row = await findIdentity(tx, provinceId, personId);
  if (!row) return undefined;
  return {
    nationalId: row.national_id,
    idKind: row.id_kind === 'foreign' ? 'foreign' : 'national',
    firstName: row.first_name,
    lastName: row.last_name,
    fatherName: row.father_name,
    birthOn: row.birth_on === null ? null : String(row.birth_on),
    sex: row.sex === 'male' ? 'male' : 'female',
    mobile: row.mobile,
  };
}

const payload = Type.Object({ provinceId: Type.Integer(), personId: Type.String() });

/**
 * The jobs that ask the register. A question without an answer is asked again by the clock, so an
 * outage of any length ends with everybody confirmed, and without a register nobody waits for one.
 */
export function identityJobs(registry: CivilRegistry | undefined): JobHandlers {
  return {
    ...tryJobs,
    [confirmJob]: jobHandler(
      payload,
      async ({ provinceId, personId }, { database, clock, log }) => {
        const context = provinceContext(provinceId);
        const person = await database.transaction(context, (tx) =>
          findIdentity(tx, provinceId, personId),
        );
        if (!registry || person?.state !== 'unconfirmed' || person.birth_on === null) return;
        const question = {
          nationalId: person.national_id,
          birthOn: String(person.birth_on),
          firstName: person.first_name,
          lastName: person.last_name,
        };
        const verdict = await registry.ask(question).catch((err: unknown) => {
          log.warn({ err }, 'the civil registry gave no answer');
          return undefined;
        });
        if (!verdict) return;
        await database.transaction(context, (tx) =>
          answered(tx, provinceId, personId, verdict, clock),
        );
      },
    ),
    'accounts.confirmIdentities': async (_payload, { database }) => {
      const all = { province: 'all', organisation: '', person: '' } as const;
      const waiting = await database.transaction(all, (tx) => listUnconfirmed(tx, 500));
      for (const { provinceId, personId } of registry ? waiting : []) {
        await database.transaction(provinceContext(provinceId), (tx) =>
          enqueue(tx, confirmJob, { provinceId, personId }, { key: `identity:${personId}` }),
        );
      }
    },
  };
}

function answered(
  tx: Tx,
  provinceId: number,
  personId: string,
  verdict: RegistryVerdict,
  clock: { now(): Date },
): Promise<void> {
  return saveCheck(tx, provinceId, personId, verdict, clock.now());
}
