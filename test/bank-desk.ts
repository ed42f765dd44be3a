import { jobHandlers } from '../src/app.ts';
import { decodeCode } from '../src/kit/code.ts';
import { startWorker } from '../src/platform/jobs.ts';
import { outboxSms } from '../src/platform/sms.ts';
import { silentLog } from '../src/platform/telemetry.ts';
import { type Booking, type StatementOptions, shebaOf, statementXml } from './bank-statement.ts';
import { type Caller, publicUrl, type TestHouse, testHouse } from './house.ts';

/** What an order of the tests is for, and the account that it names. */
export const orderRial = 300_000_000n;
export const orderIban = shebaOf('012', 9);

/** A house with an officer, a director and two banks, and a worker that reads what they send. */
export async function openBankDesk() {
  const house = await testHouse();
  const [officer, director, bank, other] = await Promise.all([
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'director', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'bank', organisationId: 'MELLAT' }),
    house.signIn({ role: 'bank', organisationId: 'SADERAT' }),
  ]);
  const handlers = jobHandlers({ sms: outboxSms, files: house.files, publicUrl });
  const around = { clock: house.clock, log: silentLog };
  const worker = await startWorker(house.database, handlers, around);
  let messages = 0;
  return {
    ...{ house, officer, director, bank, other },
    order: (codes: readonly string[]) => order(house, officer, codes),
    send: (caller: Caller, content: string, named?: string) => send(house, caller, content, named),
    /** A statement of the bank MELLAT, sent by itself. */
    statement(bookings: readonly Booking[], options: Partial<StatementOptions> = {}) {
      messages += 1;
      const content = statementXml(bookings, { messageId: `S-${messages}`, ...options });
      return send(house, bank, content);
    },
    waiting: async (caller: Caller = officer) => (await caller.get('/api/bank-lines?lang=en')).body,
    planOf: async (code = '') => (await officer.get(`/api/cases/${code}/plans`)).body.plans[0],
    /** Puts all lines aside that wait. */
    async clear() {
      const { items } = (await officer.get('/api/bank-lines')).body;
      for (const { code, line } of items) {
        const aside = { decision: 'set_aside', reason: 'x' };
        await officer.post(`/api/bank-files/${code}/lines/${line}/decide`, aside);
      }
    },
    async close() {
      await worker.stop();
      await house.close();
    },
  };
}

/** A bank's desk in a test. */
export type BankDesk = Awaited<ReturnType<typeof openBankDesk>>;

/** Orders the whole sum of cases' plans; the answer is the batch and our references in their order. */
async function order(house: TestHouse, officer: Caller, codes: readonly string[]) {
  const orders = codes.map((code) => ({
    ...{ code, amountRial: String(orderRial), iban: orderIban },
  }));
  const { body, status } = await officer.post('/api/payment-orders', { orders });
  if (status !== 201) throw new Error(JSON.stringify(body));
  const rows = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('payment_orders').select(['reference', 'case_id']).orderBy('id').execute(),
  );
  const references = codes.map((code) => {
    const id = decodeCode(code)?.id;
    return rows.findLast((row) => row.case_id === id)?.reference ?? '';
  });
  return { batch: String(body.batches[0].code), references };
}

async function send(house: TestHouse, caller: Caller, content: string, named?: string) {
  const form = new FormData();
  if (named) form.set('bank', named);
  form.set('file', new Blob([content]), 'file.xml');
  const { body, status } = await caller.upload('/api/bank-files', form);
  if (status !== 202) return body;
  for (;;) {
    const { items } = (await caller.get('/api/bank-files?lang=en')).body;
    const file = items.find((one: { code: string }) => one.code === body.code);
    if (file.state === 'refused') return file;
    const open = file.state === 'read' ? await openLines(house) : 1;
    const settled = open === 0 ? (await caller.get('/api/bank-files?lang=en')).body.items : [];
    if (open === 0) return settled.find((one: { code: string }) => one.code === body.code);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function openLines(house: TestHouse): Promise<number> {
  const lines = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('bank_file_lines')
      .select('line')
      .where('verdict', '=', 'matched')
      .where('effect', 'is', null)
      .execute(),
  );
  return lines.length;
}
