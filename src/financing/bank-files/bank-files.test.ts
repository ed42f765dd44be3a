import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type BankDesk,
  orderIban as iban,
  openBankDesk,
  orderRial as rial,
} from '../../../test/bank-desk.ts';
import { reportXml, shebaOf, statementXml } from '../../../test/bank-statement.ts';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { financingChecks } from '../checks.ts';
import { isAsked } from '../payment-asks/rules.ts';

let desk: BankDesk;
let cases: string[];
let references: readonly string[];
const at = (n: number) => references[n] ?? '';

beforeAll(async () => {
  desk = await openBankDesk();
  const serials = [611, 612, 613, 614, 615, 616, 617];
  cases = await contractedPlans(desk.house, { bankId: 'MELLAT', rial, serials });
  ({ references } = await desk.order(cases));
});
afterAll(() => desk.close());

test('a payment that came back is taken back; one that was never made ends its order', async () => {
  await desk.statement([{ reference: at(3), rial, iban, bankReference: 'P-30' }]);
  expect((await desk.planOf(cases[3])).state).toBe('paying');
  const back = await desk.statement([
    { reference: at(3), rial, returned: 'AC04', bankReference: 'R-30' },
  ]);
  expect(back).toMatchObject({ matched: 1, waiting: 0 });
  expect(await desk.planOf(cases[3])).toMatchObject({ state: 'contracted', paidRial: '0' });
  const statuses = [
    { reference: at(4), code: 'RJCT', rial, reason: 'AC01' },
    { reference: at(5), code: 'ACSP', rial },
  ];
  expect(await desk.send(desk.bank, reportXml('R-4', statuses))).toMatchObject({ matched: 2 });
  expect((await desk.planOf(cases[4])).state).toBe('contracted');
  const again = await desk.order([cases[3] ?? '', cases[4] ?? '']);
  expect(again.references).toHaveLength(2);
});

test('the books close, or say what to do', async () => {
  const pay = { rial, iban, bankReference: 'P-20' };
  await desk.statement([{ ...pay, reference: at(2) }]);
  const bookOf = async (): Promise<Record<string, string>> =>
    (await desk.bank.get('/api/books')).body.items[0];
  const closed = await bookOf();
  expect(closed).toMatchObject({
    day: '2022-06-22',
    ordersClose: true,
    ledgerCloses: true,
    next: null,
  });
  const sum = (...names: string[]) =>
    names.reduce((all, name) => all + BigInt(closed[name] ?? 0), 0n);
  expect(sum('sentRial')).toBe(sum('confirmedRial', 'returnedRial', 'pendingRial'));
  const undone = await desk.director.post(`/api/plans/${cases[2]}/take-back`, { reason: 'x' });
  expect(undone.status).toBe(200);
  expect(await bookOf()).toMatchObject({ ledgerCloses: false, next: 'compare_payments' });
  const twice = await desk.statement([{ ...pay, reference: at(2), bankReference: 'P-21' }]);
  expect(twice).toMatchObject({ waiting: 1 });
  expect(await bookOf()).toMatchObject({ ledgerCloses: false, next: 'decide_lines', waiting: 1 });
  await desk.clear();
  const back = await desk.statement([{ reference: at(2), rial, returned: 'AC04' }]);
  expect(back).toMatchObject({ matched: 1, waiting: 0 });
  expect(await bookOf()).toMatchObject({ ledgerCloses: true, next: null });
  expect((await desk.other.get('/api/books')).body.items).toEqual([]);
});

test('borrowers of the sample are asked about what a file told', async () => {
  const context = { province: 4, organisation: '', person: '' };
  const { paid, asked } = await desk.house.database.transaction(context, async (tx) => ({
    paid: await tx.selectFrom('tranches').select('id').execute(),
    asked: await tx.selectFrom('payment_asks').select(['tranche_id', 'share_bp']).execute(),
  }));
  const shareBp = asked[0]?.share_bp ?? 2_000;
  const sample = paid.map(({ id }) => id).filter((id) => isAsked(id, shareBp));
  expect(asked.map(({ tranche_id }) => tranche_id).sort()).toEqual(sample.sort());
});

test('the checks of the record find nothing', async () => {
  const context = { province: 4, organisation: '', person: '' };
  const wrong = await desk.house.database.transaction(context, async (tx) => {
    const results = [];
    for (const { run } of financingChecks) results.push(...(await run(tx, 4)).differences);
    return results;
  });
  expect(wrong).toEqual([]);
});

test('another bank’s file, and another bank’s order in it, change nothing', async () => {
  const account = shebaOf('019', 3);
  const content = statementXml([{ reference: at(6), rial }], { messageId: 'X-1', account });
  expect(await desk.send(desk.officer, content, 'MELLAT')).toMatchObject({
    state: 'refused',
    problem: { code: 'financing.other_banks_file' },
  });
  const theirs = await desk.send(desk.other, content);
  expect(theirs).toMatchObject({ state: 'read', matched: 0, waiting: 1 });
  const { items } = await desk.waiting(desk.other);
  expect(items).toMatchObject([{ why: 'other_bank', candidates: [] }]);
  expect(JSON.stringify(items)).not.toContain(cases[6]);
  const url = `/api/bank-files/${items[0].code}/lines/1/decide`;
  const book = { decision: 'book', order: at(6), reason: 'x' };
  expect((await desk.other.post(url, book)).status).toBe(404);
  expect((await desk.send(desk.bank, content, 'SADERAT')).code).toBe('financing.unknown_bank');
  expect((await desk.officer.post(url, { decision: 'set_aside', reason: 'x' })).status).toBe(200);
});

test.for([
  ['empty', (): string => '', 'financing.file_empty'],
  ['not XML', (): string => 'no statement', 'financing.not_xml'],
  [
    'cut',
    (): string => statementXml([{ reference: at(6), rial }], { messageId: 'C' }).slice(0, -40),
    'financing.xml_cut',
  ],
  [
    'of another sum',
    (): string => statementXml([{ reference: at(6), rial }], { messageId: 'C', sum: 1n }),
    'financing.control_differs',
  ],
] as const)(
  'a file that is %s is refused with words in both languages, and leaves nothing',
  async ([, make, code]) => {
    const file = await desk.send(desk.bank, make());
    expect(file).toMatchObject({ state: 'refused', lines: 0, problem: { code } });
    expect(file.problem.title).toMatch(/^[A-Z][^{]*$/);
    const { body } = await desk.bank.get('/api/bank-files?lang=fa');
    expect(body.items[0].problem.next).toMatch(/[آ-ی]/);
    expect((await desk.planOf(cases[6])).state).toBe('contracted');
  },
);
