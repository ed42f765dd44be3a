import type { SameWords } from '../../../web/same-words.ts';
import type fa from './fa.ts';

/** The words of decisions: their forms, what they say on a case, and clearances. */
const en = {
  clearance: {
    title: 'Clearances',
    state: {
      missing: 'Not asked yet',
      asked: 'Waiting for an answer',
      cleared: 'Cleared',
      denied: 'Denied',
    },
    askedOn: 'Asked on {day}',
    dueOn: 'Answer due by {day}',
    answeredOn: 'Answered on {day}',
    reference: 'Number of the answer',
  },
  field: {
    name: 'Name',
    fatherName: 'Father’s name',
    birthOn: 'Date of birth',
    mobile: 'Mobile',
    address: 'Address of the work',
    postalCode: 'Postal code',
    kind: 'Kind of application',
    occupation: 'Occupation',
  },
  decision: {
    signConditions: 'Conditions of the permit',
    signConditionsHint: 'One on each line; they are written on the permit.',
    unmet: 'Which condition or document is missing?',
    unmetHint: 'One number or several; other reasons are void by law.',
    items: 'What is to be corrected?',
    itemsHint: 'Choose each item and say what is wrong with it.',
    documents: 'Documents',
    conditionsMet: 'Conditions',
    fields: 'Parts of the form',
    itemNote: 'What is wrong: {label}',
    reference: 'Number of your answer',
    referenceHint: 'The number of the health ID, letter or certificate.',
    toldUnmet: 'Unmet conditions and missing documents',
    toldItems: 'What is to be corrected',
    toldItem: '{label}: {note}',
    toldConditions: 'Conditions of the signature',
    toldBodies: 'Clearing body: {bodies}',
    toldReference: 'Number of the answer: {reference}',
  },
} as const satisfies SameWords<typeof fa>;

export default en;
