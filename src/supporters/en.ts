import type { SupporterWords } from './fa.ts';
import sms from './sms/en.ts';

const en: SupporterWords = {
  verbs: {
    apply: 'Applied as a supporter',
    assess: 'Capacity found',
    declareDefault: 'Supporter declared in default',
    endDefault: 'Default ended',
    name: 'Covered person named',
    reopen: 'Covered person’s case reopened',
    resume: 'Cover resumed',
    move: 'Moved to another supporter',
    endCover: 'Cover ended',
    offer: 'Contract signed by the supporter',
    accept: 'Contract signed by the covered person',
    decline: 'Contract declined',
    sign: 'Three-party contract signed by the agency',
    issue: 'Material sent',
    returnMaterial: 'Material returned',
    scrap: 'Scrap',
    receive: 'Goods received',
    deduct: 'Deduction from pay',
    pay: 'Piece rate paid',
    promise: 'Month’s buy-back promised',
    owe: 'Month’s piece rate',
    late: 'Piece rate late',
  },
  measures: {
    covered_contracted: {
      label: 'People with a three-party contract',
      definition: 'First contracts that all three parties have signed in the period.',
    },
    covered_months_active: {
      label: 'Months worked by covered people',
      definition:
        'Each Jalali month in which a covered person earned a piece rate counts one, on its last day.',
    },
    material_sent_rial: {
      label: 'Value of material sent',
      definition: 'Raw material that supporters sent in the period, at the price of the day.',
    },
    buyback_promised_rial: {
      label: 'Buy-back promised',
      definition: 'What supporters promised to buy for months that are over, at the agreed rates.',
    },
    buyback_kept: {
      label: 'Buy-back kept',
      definition: 'Of each hundred rial of buy-back promised for the period, how many were bought.',
    },
    buyback_taken_rial: {
      label: 'Buy-back taken',
      definition: 'Goods that supporters accepted in the period, at the agreed rates.',
    },
    piece_rate_due_rial: {
      label: 'Piece rate due',
      definition:
        'Piece rates of months that are over, after agreed deductions; counted on the month’s last day.',
    },
    piece_rate_paid_rial: {
      label: 'Piece rate paid',
      definition: 'Piece rates that supporters recorded as paid in the period.',
    },
    piece_rate_late_rial: {
      label: 'Piece rate late',
      definition: 'What was unpaid on the day it had to be paid; counted on the day after.',
    },
  },
  units: {
    kg: 'kg',
    g: 'g',
    tonne: 't',
    m: 'm',
    cm: 'cm',
    yard: 'yd',
    m2: 'm²',
    cm2: 'cm²',
    piece: 'pieces',
    pair: 'pairs',
    dozen: 'dozen',
  },
  deductions: {
    advance: 'Advance',
    tool: 'Hire of tools',
    material: 'Material lost',
    insurance: 'Insurance share',
  },
  qualities: { first: 'first quality', second: 'second quality' },
  sms,
  columns: {
    person: 'National ID',
    product: 'Product',
    amount: 'Amount',
    accepted: 'Accepted',
    rejected: 'Rejected',
    quality: 'Quality',
    note: 'Note',
    day: 'Day',
    due: 'Due',
    place: 'Place',
    number: 'Number',
  },
  problems: {
    already_covered: {
      title: 'This person is already named under this plan.',
      next: 'See the plan’s list of covered people.',
    },
    not_a_supporter: {
      title: 'This is not a supporter’s case.',
      next: 'Supporting begins with a permit of the kind supporter.',
    },
    applied_already: {
      title: 'The supporter has applied already.',
      next: 'Complete the record of the last three years.',
    },
    wrong_legal_id: {
      title: 'The firm’s legal ID is not right.',
      next: 'Check its eleven digits: {given}',
    },
    firm_incomplete: {
      title: 'A firm needs both its name and its legal ID.',
      next: 'Fill in both, or leave both empty.',
    },
    record_twice: { title: 'This document is recorded already.', next: 'Check its number.' },
    too_young: {
      title: 'A person who is a supporter has to be {limit} years old at least.',
      next: 'If a firm is the supporter, give its name and legal ID.',
    },
    trade_short: {
      title: 'No document shows {limit} years in the trade.',
      next: 'Record an order or an invoice of {year} or before.',
    },
    record_short: {
      title: 'The record of {year} is not complete.',
      next: 'Record at least one order and one invoice for each of the last three years.',
    },
    capacity_short: {
      title: 'The orders of the last three years carry {given} people; the least is {limit}.',
      next: 'If an order is not recorded yet, add it.',
    },
    no_place: {
      title: 'The supporter has no free place: its capacity is {limit}.',
      next: 'End the cover of somebody who works no longer, or choose another supporter.',
    },
    themselves: {
      title: 'A supporter does not cover itself.',
      next: 'Check the national ID.',
    },
    covered_elsewhere: {
      title: 'Another supporter covers this person now.',
      next: 'That cover has to end first.',
    },
    in_default: {
      title: 'This supporter is in default.',
      next: 'Nobody is given to it until that ends.',
    },
    not_approved: {
      title: 'This supporter’s capacity is not found yet.',
      next: 'The agency finds it from the record of the last three years.',
    },
    no_application: {
      title: 'The covered person has not applied for a permit yet.',
      next: 'They apply first, as covered by a supporter.',
    },
    contract_open: {
      title: 'A contract waits to be signed.',
      next: 'That one has to be signed or declined first.',
    },
    no_lines: { title: 'The contract has no product.', next: 'Add one with its rate.' },
    no_offer: { title: 'No contract waits to be signed.', next: 'Open the page again.' },
    pay_too_late: {
      title: 'The time to pay is too long.',
      next: 'Piece rates are paid within {limit} days of the month’s end.',
    },
    no_contract: {
      title: 'No contract signed by all three held on that day.',
      next: 'Check the day, or have the contract signed: {given}',
    },
    not_covered: {
      title: 'This person is not covered now.',
      next: 'No new material goes out; goods and material can still come back.',
    },
    not_agreed: {
      title: 'This product is not in the person’s contract.',
      next: 'Offer a new version with its rate.',
    },
    under_rate: {
      title: 'The rate is under the agreed one.',
      next: 'Agreed are {recordRial} rial, given {givenRial} rial.',
    },
    wrong_amount: {
      title: 'The amount is not right.',
      next: 'Give a positive number in a unit of the same kind: {given}',
    },
    not_exact: {
      title: 'The recipe does not come to an exact amount of material.',
      next: 'Give a rounder amount of goods, so that nothing has to be rounded.',
    },
    material_short: {
      title: 'This person does not hold enough of the material.',
      next: 'Check what was sent, returned and scrapped: none can be used that is not there.',
    },
    other_unit: {
      title: 'This material is kept in another unit.',
      next: 'Use that unit, or another name.',
    },
    no_recipe: {
      title: 'The recipe is empty.',
      next: 'Say which material a unit takes, and how much.',
    },
    product_twice: { title: 'There is a product of this name.', next: 'Give another name.' },
    order_number_twice: {
      title: 'There is an order of this number.',
      next: 'Check the number.',
    },
    due_before_today: { title: 'The order is due in the past.', next: 'Give a day from today on.' },
    not_listed: {
      title: 'This deduction is not in the contract.',
      next: 'Only deductions named in the contract are allowed.',
    },
    over_limit: {
      title: 'The deductions pass their limit.',
      next: 'Allowed are {recordRial} rial; with this one they are {givenRial} rial.',
    },
    over_due: {
      title: 'More would be paid than is due.',
      next: 'Due are {recordRial} rial; the payments would be {givenRial} rial.',
    },
    no_month: {
      title: 'No work is recorded in this month.',
      next: 'Check the month, or record the goods first.',
    },
    reason_missing: {
      title: 'The reason is missing.',
      next: 'Say what happened; it stays in the record.',
    },
    future_day: { title: 'That day has not come yet.', next: 'Check the day: {given}' },
    too_long_ago: {
      title: 'That day is longer ago than it can be.',
      next: 'Check the day, its year above all: {given} is before {record}.',
    },
    taken_back: { title: 'This entry is taken back already.', next: 'Open the page again.' },
    answered: { title: 'This payment is answered already.', next: 'Open the page again.' },
    sum_missing: {
      title: 'The sum that came is missing.',
      next: 'If another sum came, give that.',
    },
    no_enquiry: { title: 'This payment has no open enquiry.', next: 'Open the page again.' },
    no_default: {
      title: 'The rule for a default is not met.',
      next: 'It takes several months in a row of too little bought or of late pay.',
    },
    in_cluster: {
      title: 'The supporter is in this cluster.',
      next: 'See the cluster’s list.',
    },
    cluster_twice: { title: 'There is a cluster of this name.', next: 'Give another name.' },
    step_order: {
      title: 'It is not this step’s turn.',
      next: 'Steps are done in order; record the next one.',
    },
    firm_missing: {
      title: 'The driver firm is missing.',
      next: 'Name it in the step of the memorandum.',
    },
    unknown_person: {
      title: 'This national ID is not one of your people.',
      next: 'Check it, or name the person first.',
    },
    unknown_product: {
      title: 'You have no product of this name.',
      next: 'Write the name as you recorded it.',
    },
    number_differs: {
      title: 'This number is recorded with other contents.',
      next: 'Check the number, or take the earlier entry back.',
    },
    number_missing: {
      title: 'This row has no number.',
      next: 'Number each row, so that it is not recorded twice.',
    },
    no_column: {
      title: 'The row of headings was not found, or a column is missing.',
      next: 'Start from the sample on this page.',
    },
    too_many_rows: { title: 'There are too many rows.', next: 'Split the table.' },
    wrong_quality: {
      title: '“{given}” is no quality.',
      next: 'Write first quality or second quality, or leave it empty for the first.',
    },
    wrong_day: { title: 'The day could not be read.', next: 'Write it as 1401/02/15.' },
  },
};

export default en;
