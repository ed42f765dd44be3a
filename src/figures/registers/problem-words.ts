import type { ProblemTable } from '../../kit/problem.ts';
import { spreadsheetProblems, spreadsheetWords } from '../../platform/spreadsheet/index.ts';
import en from './en.ts';
import fa from './fa.ts';
import { registerProblems } from './problems.ts';

/** Codes of what can be wrong with a file, as the house knows them, and their statuses. */
export const registerProblemStatuses: ProblemTable = {
  ...prefixed('spreadsheet', spreadsheetProblems),
  ...prefixed('registers', registerProblems),
};

function prefixed(slice: string, table: ProblemTable): ProblemTable {
  const entries = Object.entries(table).map(([code, status]) => [`${slice}.${code}`, status]);
  return Object.fromEntries(entries);
}

/** Words of registers and of the files they come in, by language and by the first part of the code. */
export const registerWords = {
  fa: { registers: { problems: fa.problems }, spreadsheet: spreadsheetWords.fa },
  en: { registers: { problems: en.problems }, spreadsheet: spreadsheetWords.en },
};
