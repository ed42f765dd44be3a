import type { SpreadsheetWords } from './fa.ts';

/** The English of `fa.ts`, key by key. */
const en: SpreadsheetWords = {
  problems: {
    not_a_spreadsheet: {
      title: 'This file is not a spreadsheet.',
      next: 'Send an Excel (xlsx) or CSV file.',
    },
    empty: {
      title: 'This file is empty.',
      next: 'Open it and see that the sheet with the rows is saved and not hidden.',
    },
    too_large: {
      title: 'This file is larger than is allowed.',
      next: 'Remove pictures and other sheets, or send the rows in several files.',
    },
    zip_bomb: {
      title: 'What this file unpacks to does not fit its size, so it was not opened.',
      next: 'Open it in Excel and save it anew.',
    },
    too_many_rows: {
      title: 'This sheet has more than {most} rows.',
      next: 'Send the rows in several files.',
    },
    too_many_columns: {
      title: 'This sheet has more than {most} columns.',
      next: 'Remove the columns too many; something may have been typed far to the side.',
    },
    cell_too_long: {
      title: 'The text of one cell is longer than Excel allows.',
      next: 'Shorten that cell. In CSV, a quotation mark may not have been closed.',
    },
    wrong_encoding: {
      title: 'The characters of this file are not saved as Unicode.',
      next: 'In Excel, choose Save As and the type "CSV UTF-8", or xlsx.',
    },
    encrypted: {
      title: 'This file is locked with a password.',
      next: 'Remove the password in Excel and send it again.',
    },
    old_excel: {
      title: 'This file is of the old Excel kind (xls).',
      next: 'Save it as xlsx in Excel and send it again.',
    },
    web_page: {
      title: 'This file is really a web page, though it is named like an Excel file.',
      next: 'Open it in Excel, save it as xlsx and send it again.',
    },
    unsupported: {
      title: 'This kind of spreadsheet cannot be read.',
      next: 'Save it as xlsx or CSV and send it again.',
    },
    damaged: {
      title: 'This file is incomplete or damaged.',
      next: 'It may have been cut on the way: send it again, or open it in Excel and save it anew.',
    },
    timed_out: {
      title: 'Reading this file took too long.',
      next: 'Open it in Excel and save it anew, or send the rows in several files.',
    },
    no_such_sheet: {
      title: 'This file has no sheet named "{sheet}".',
      next: 'Write the name of the sheet as Excel shows it.',
    },
  },
};

export default en;
