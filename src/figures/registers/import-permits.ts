import { findByNationalId, type PersonInput, settingOn } from '../../accounts/index.ts';
import {
  findCases,
  followOpenings,
  type JudgedOpening,
  judgeOpening,
  type KnownCase,
  type OpeningsHeld,
  writeOpenings,
} from '../../permits/index.ts';
import { batchesThrough, type Desk, type Importer, type Judgement } from './importer.ts';
import { differs } from './match.ts';
import { holderFields, personFaults, personOf, splitWarning } from './person-rows.ts';
import type { PermitRecord } from './records.ts';
import type { Fault } from './verdict.ts';

/** A register of permits: each row is a permit that was issued, and opens a case (`permits.enter`). */
const permits: Importer<'permits', OpeningsHeld, JudgedOpening> = {
  async load({ tx, act }, records) {
    const nationalIds = records.map(({ nationalId }) => nationalId.value);
    const numbers = records.map(({ permitNumber }) => permitNumber);
    return {
      people: await findByNationalId(tx, act.provinceId, nationalIds),
      book: await findCases(tx, act.provinceId, { nationalIds, numbers }),
    };
  },
  judge: judgePermit,
  write: ({ tx, act, reference }, writes, held) => writeOpenings(tx, act, reference, writes, held),
  follow: followOpenings,
};

export const takePermits = batchesThrough(permits);

function judgePermit(
  desk: Desk,
  held: OpeningsHeld,
  record: PermitRecord,
): Judgement<JudgedOpening> {
  const { permitNumber, nationalId, occupationId } = record;
  const person = holderOf(record);
  const known = held.book.byNumber(permitNumber);
  if (known) {
    const faults = compare(known, record, person);
    return faults.length === 0 ? { verdict: 'unchanged' } : { verdict: 'rejected', faults };
  }
  const standing = held.book.liveCase(nationalId.value, occupationId);
  if (standing) return { verdict: 'rejected', faults: [against(standing, permitNumber)] };
  const before = held.people.get(nationalId.value);
  const faults = personFaults(before, person, holderFields);
  if (faults.length > 0) return { verdict: 'rejected', faults };
  const write = judgeOpening(
    desk.act,
    desk.reference,
    'permits.enter',
    held,
    toInput(desk, record, person),
  );
  const unsaid: Fault[] =
    record.area === undefined ? [{ code: 'area_assumed', field: 'area', details: {} }] : [];
  const cut = before ? [] : splitWarning(record.name, 'full_name');
  return { verdict: 'accepted', write, warnings: [...unsaid, ...cut] };
}

function holderOf({ nationalId, name, sex, fatherName, bornOn, mobile }: PermitRecord) {
  const more = { fatherName: fatherName ?? null, birthOn: bornOn ?? null, mobile: mobile ?? null };
  return personOf(nationalId, name, sex, more);
}

/** What a register does not say of the place of work is taken from a dated setting, with a warning. */
function toInput({ act, reference }: Desk, record: PermitRecord, person: PersonInput) {
  const { countyId, address, kind, occupationId, agencyId, permitNumber, issuedOn } = record;
  const unsaid = () => settingOn(reference, 'figures.area_when_unsaid', act.provinceId, issuedOn);
  const area = record.area ?? (unsaid() === 'rural' ? 'rural' : 'urban');
  const household = { countyId, area, address: address ?? null };
  return { person, household, kind, occupationId, agencyId, permitNumber, happenedOn: issuedOn };
}

/** The person has a case in this occupation already: under another number, or not issued yet. */
function against(standing: KnownCase, permitNumber: string): Fault {
  if (standing.permitNumber === null) {
    return { code: 'case_open', field: 'permit_number', details: { state: standing.state } };
  }
  const details = { record: standing.permitNumber, given: permitNumber };
  return { code: 'differs', field: 'permit_number', details };
}

/** Everything in which a row differs from the permit of the same number. */
function compare(known: KnownCase, record: PermitRecord, person: PersonInput): Fault[] {
  const other = differs('national_id', known.person.nationalId, record.nationalId.value);
  return [
    // Another person altogether: that the name is another one too says nothing more.
    ...(other.length > 0 ? other : personFaults(known.person, person, holderFields)),
    ...differs('occupation', known.occupationId, record.occupationId),
    ...differs('agency', known.agencyId, record.agencyId),
    ...differs('county', known.countyId, record.countyId),
    ...differs('area', known.area, record.area),
    ...differs('kind', known.kind, record.kind),
    ...differs('issued_on', known.issuedOn, record.issuedOn),
  ];
}
