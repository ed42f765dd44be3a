import { type Static, Type } from 'typebox';
import { organisationLabel, type Reference, referenceOf } from '../src/accounts/index.ts';
import financingEn from '../src/financing/en.ts';
import financingFa from '../src/financing/fa.ts';
import permitsEn from '../src/permits/en.ts';
import permitsFa from '../src/permits/fa.ts';
import type { Tx } from '../src/platform/database.ts';
import type { House } from '../src/platform/endpoint.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { CAST_PASSWORD } from './cast.ts';
import en from './en.ts';
import fa from './fa.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { readDemoRows } from './reference.ts';

const Both = Type.Object({ fa: Type.String(), en: Type.String() });
const Maybe = <T extends typeof Both | ReturnType<typeof Type.String>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** The cast as the sign-in page takes it: staff by password, applicants by mobile. */
export const castAnswer = Type.Object({
  members: Type.Array(
    Type.Object({
      role: Type.String(),
      username: Type.String(),
      password: Maybe(Type.String()),
      mobile: Maybe(Type.String()),
      name: Both,
      organisation: Maybe(Both),
      about: Maybe(Both),
    }),
  ),
});

type Cast = Static<typeof castAnswer>;
type Member = Cast['members'][number];

/** Everyone one can sign in as, staff first, with what there is to see at their desk or in their case. */
export async function castOf(house: House): Promise<Cast> {
  const reference = await referenceOf(house.database);
  const rows = await house.database.transaction(provinceContext(PROVINCE_ID), selectCast);
  const members = rows.map((row) => toMember(reference, row));
  return { members: members.sort(byPlace) };
}

/** Staff stand in the order of the cast's own list, applicants after them, those who only buy last. */
const staffOrder = readDemoRows('cast').map(({ username }) => username);

function byPlace(a: Member, b: Member): number {
  return placeOf(a) - placeOf(b) || (a.username < b.username ? -1 : 1);
}

function placeOf({ username, about }: Member): number {
  const place = staffOrder.indexOf(username);
  if (place >= 0) return place;
  return staffOrder.length + (about?.en === en.buyer ? 1 : 0);
}

/** The demonstration's open accounts in the order they were opened, with the newest case of each. */
function selectCast(tx: Tx) {
  return tx
    .selectFrom('accounts')
    .leftJoin('cases', (join) =>
      join
        .onRef('cases.person_id', '=', 'accounts.person_id')
        .on('cases.province_id', '=', PROVINCE_ID),
    )
    .distinctOn('accounts.id')
    .select([
      'accounts.username',
      'accounts.role',
      'accounts.organisation_id',
      'accounts.name_fa',
      'accounts.name_en',
      'cases.state',
      'cases.plan_state',
    ])
    .where('accounts.province_id', '=', PROVINCE_ID)
    .where('accounts.demonstration', '=', true)
    .where('accounts.closed_at', 'is', null)
    .orderBy('accounts.id')
    .orderBy('cases.id', 'desc')
    .execute();
}

type Row = Awaited<ReturnType<typeof selectCast>>[number];

function toMember(reference: Reference, row: Row): Member {
  const citizen = row.role === 'citizen';
  const organisation = row.organisation_id;
  const clears = reference.organisations.get(organisation ?? '')?.kind === 'clearing';
  return {
    role: row.role,
    username: row.username,
    password: citizen ? null : CAST_PASSWORD,
    mobile: citizen ? row.username : null,
    name: { fa: row.name_fa, en: row.name_en },
    organisation: organisation === null ? null : organisationLabel(reference, organisation).label,
    about: citizen ? caseOf(row) : deskOf(clears ? 'clearing' : row.role),
  };
}

function deskOf(role: string): Member['about'] {
  if (!(role in fa.desks)) return null;
  const desk = role as keyof typeof fa.desks;
  return { fa: fa.desks[desk], en: en.desks[desk] };
}

/** Where an applicant's case stands: at the bank once there is a plan, else with the permit. */
function caseOf({ state, plan_state }: Row): Member['about'] {
  // Whoever has no case came to buy.
  if (state === null) return { fa: fa.buyer, en: en.buyer };
  const plan = plan_state as keyof typeof financingFa.states | null;
  const permit = state as keyof typeof permitsFa.states;
  const told = plan
    ? { fa: financingFa.states[plan], en: financingEn.states[plan] }
    : { fa: permitsFa.states[permit], en: permitsEn.states[permit] };
  return {
    fa: fa.applicant.replace('{state}', told.fa),
    en: en.applicant.replace('{state}', told.en),
  };
}
