import type { BankFileWords } from './fa.ts';

/** The words of payment orders, banks' files and the books. */
const en: BankFileWords = {
  words: {
    cameBack: 'The bank returned the payment: {note}',
    why: {
      amount_unreadable: 'Its amount cannot be read, or is not there.',
      not_rial: 'Its amount is not in rial.',
      day_missing: 'It does not say the day of the payment.',
      unclear: 'It is not clear what the bank says.',
      no_reference: 'It does not carry our reference.',
      unknown_reference: 'Its reference is not of any order of ours.',
      other_bank: 'This order was sent to another bank.',
      wrong_iban: 'It was paid to another Sheba than the order named.',
      partial: 'Only a part of the order was paid.',
      over: 'More than the order was paid.',
      already_confirmed:
        'This order was paid before under another bank reference; it may be a second payment.',
      already_returned: 'This order came back before.',
      later_step:
        'Something else happened to the case after this payment, so it is not taken back by itself.',
      plan_moved: 'The case has another plan by now.',
      not_booked:
        'The rules of payments refused it: its date, the plan’s amount or its bank reference may not fit.',
    },
  },
  problems: {
    no_orders: {
      title: 'There is no order to send.',
      next: 'Choose at least one plan and its amount.',
    },
    not_contracted: {
      title: 'This plan has no contract yet, or has ended.',
      next: 'Payments are ordered for plans that have a contract or are being paid.',
    },
    wrong_sheba: {
      title: 'This is not a Sheba: {given}',
      next: 'A Sheba is IR and 24 digits; check them, or leave it empty if you do not know it.',
    },
    supporter_in_default: {
      title: 'The supporter of this case is in default towards its people: {codes}',
      next: 'None of these orders was sent. Leave this case out and send the others again; nothing is paid to it until the default ends.',
    },
    gate_closed: {
      title: 'Supervision has not passed the next tranche of this plan.',
      next: 'The first tranche needs a visit before it, each later one a visit during the work; the page of supervision says what it waits for.',
    },
    pass_used: {
      title: 'A payment was ordered on the strength of this visit.',
      next: 'Its outcome can no longer be taken back; if it was wrong, record a new visit.',
    },
    order_pending: {
      title: 'This plan has an order that the bank has not answered yet.',
      next: 'Bring the bank’s answer first, or settle it.',
    },
    file_empty: {
      title: 'The file is empty.',
      next: 'Ask the bank to send it again. A statement of a day without payments still has a beginning and an end.',
    },
    file_twice: {
      title: 'This file came before.',
      next: 'Nothing was recorded again. You find it in the list of files.',
    },
    not_xml: {
      title: 'This file is not well-formed XML: {why}',
      next: 'Send the file as it came from the bank: ISO 20022, or a CSV or XLSX table.',
    },
    xml_cut: {
      title: 'The file has no end: {why}',
      next: 'It may have been cut on the way. Ask the bank to send it again; nothing of it was recorded.',
    },
    xml_forbidden: {
      title: 'The file declares a document type (DOCTYPE), which is not accepted.',
      next: 'ISO 20022 messages have none. Ask the bank where this file comes from.',
    },
    xml_too_large: {
      title: 'The file’s text or nesting is more than a bank’s message has.',
      next: 'Ask the bank for the standard message.',
    },
    unknown_message: {
      title: 'This kind of message is not read: {given}',
      next: 'Send pain.002.001.11, camt.053.001.08, camt.054.001.08, or a CSV or XLSX table.',
    },
    other_banks_file: {
      title: 'This statement is another bank’s: {account}',
      next: 'Choose the right bank, or ask the bank for its own file.',
    },
    control_differs: {
      title: 'The lines do not add up to what the file says of itself.',
      next: 'Said: {statedCount} lines, {statedRial} rial; read: {foundCount} lines, {foundRial} rial. Nothing was recorded; ask the bank to send it again.',
    },
    columns_missing: {
      title: 'The table lacks these columns: {columns}',
      next: 'Take the list of orders from this page and let the bank fill it in.',
    },
    total_missing: {
      title: 'The table has no total.',
      next: 'Its last row has to say “total” and the sum of the amounts, so that nothing can be lost.',
    },
    line_decided: {
      title: 'This line was decided before.',
      next: 'Load the page again.',
    },
    line_does_not_fit: {
      title: 'This line does not fit that order.',
      next: 'The line: {givenRial} rial; left of the order: {recordRial} rial. Choose another order, or put the line aside.',
    },
  },
};

export default en;
