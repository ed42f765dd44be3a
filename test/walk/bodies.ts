import { generateNationalId } from '../../src/kit/identifiers.ts';

/** One of every grade and of every way of being cleared: by none, one, two bodies, the agency itself. */
const occupations = [
  'tailoring',
  'shoe-making',
  'carpet-weaving',
  'jam-making',
  'cheese-making',
  'calligraphy',
  'compost-making',
] as const;

const kinds = ['independent', 'independent', 'supporter', 'covered'] as const;

const of = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** A body that a person might send with an act, sometimes one that its rules refuse. */
export function bodyOf(verb: string, n: number, serial: number): object {
  const reason = n % 11 === 0 ? {} : { reason: 'دلیل آزمون' };
  switch (verb) {
    case 'permits.submit':
      return application(n, serial);
    case 'permits.sign':
      return n % 3 ? {} : { conditions: ['تنها با کلاه'] };
    case 'permits.returnForCorrection':
      return n % 2 ? { items: [{ number: of([1, 23, 998], n), note: 'ناخواناست' }] } : reason;
    case 'permits.refuse':
    case 'permits.refuseRenewal':
    case 'permits.denyClearance':
      return { ...reason, conditionNumber: of([1, 1, 1, 998], n) };
    case 'permits.changeAddress':
      return { ...reason, household: { countyId: of(['0401', '0407'], n), area: 'urban' } };
    case 'permits.changeOccupation':
      return { ...reason, occupationId: of([...occupations, 'typing', 'pickle-making'], n) };
    case 'permits.takeBack':
      return { reason: 'اشتباه بود' };
    default:
      return reason;
  }
}

function application(n: number, serial: number): object {
  return {
    person: {
      // Some people come again: a second application of theirs may not be a double.
      nationalId: generateNationalId('276', n % 5 ? serial : 1 + (serial % 7)),
      idKind: 'national',
      firstName: 'آزمون',
      lastName: 'رهگذر',
      sex: 'female',
      ...(n % 2 ? { mobile: '09141234567' } : {}),
    },
    household: { countyId: of(['0401', '0407'], n), area: of(['urban', 'rural'], n >> 1) },
    kind: of(kinds, n >> 2),
    occupationId: of(occupations, n >> 3),
    decide: n % 6 === 0,
  };
}
