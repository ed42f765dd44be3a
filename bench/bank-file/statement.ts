import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type { Tx } from '../../src/platform/database.ts';

export const provinceId = 4;
export const bankId = 'MELLAT';
/** One line in so many has a reference that no order has. */
const strangers = 50;
const day = '2022-06-22';

/** The reference of the order of a number, as the product would write it: 28 characters. */
const referenceOf = (n: number) => `04${n.toString(16).toUpperCase().padStart(26, '0')}`;
const rialOf = (n: number) => (100 + (n % 400)) * 1_000_000;

/** A camt.053 of so many bookings, about a kilobyte each as banks write them. */
export async function writeStatement(path: string, lines: number): Promise<void> {
  await pipeline(Readable.from(pieces(lines)), createWriteStream(path));
}

function* pieces(lines: number): Generator<string> {
  let sum = 0;
  for (let n = 1; n <= lines; n += 1) sum += rialOf(n);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">\n';
  yield `<BkToCstmrStmt><GrpHdr><MsgId>BENCH</MsgId><CreDtTm>${day}T18:00:00Z</CreDtTm></GrpHdr>\n<Stmt><Id>1</Id>`;
  yield '<Acct><Id><IBAN>IR890120000000000000000001</IBAN></Id><Ccy>IRR</Ccy></Acct>\n<TxsSummry><TtlNtries>';
  yield `<NbOfNtries>${lines}</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>\n`;
  for (let n = 1; n <= lines; n += 1) yield entry(n);
  yield '</Stmt></BkToCstmrStmt></Document>\n';
}

function entry(n: number): string {
  const reference = referenceOf(n % strangers === 0 ? n + 500_000_000 : n);
  const amount = `<Amt Ccy="IRR">${rialOf(n)}</Amt><CdtDbtInd>DBIT</CdtDbtInd>`;
  return `<Ntry>
  <NtryRef>${n}</NtryRef>
  ${amount}
  <Sts><Cd>BOOK</Cd></Sts>
  <BookgDt><Dt>${day}</Dt></BookgDt>
  <ValDt><Dt>${day}</Dt></ValDt>
  <AcctSvcrRef>MLT${n}</AcctSvcrRef>
  <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>
  <NtryDtls><TxDtls>
    <Refs><AcctSvcrRef>MLT${n}</AcctSvcrRef><EndToEndId>${reference}</EndToEndId></Refs>
    ${amount}
    <RltdPties><Cdtr><Pty><Nm>Borrower ${n}</Nm></Pty></Cdtr></RltdPties>
    <RmtInf><Ustrd>${reference}</Ustrd></RmtInf>
  </TxDtls></NtryDtls>
</Ntry>
`;
}

const id = (kind: number) => `('0000000${kind}-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/** The orders that the statement answers. Only what matching reads is there: no plans, no cases. */
export async function seedOrders(tx: Tx, orders: number): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(tx);
  await run(`alter table payment_orders drop constraint payment_orders_plan_known,
    drop constraint payment_orders_case_known, drop constraint payment_orders_gate_passed`);
  await run(`insert into order_batches (province_id, id, bank_id, sent_on, orders, control_rial,
      recorded_at, op_id)
    select 4, ${id(1)}, '${bankId}', '${day}', ${orders}, 1, now(), ${id(1)} from (values (0)) v(n)`);
  await run(`insert into payment_orders (province_id, id, batch_id, plan_id, case_id, bank_id, agency_id,
      reference, amount_rial, creditor_name, tranche_number, pass_id, sent_on, state_since)
    select 4, ${id(2)}, (select id from order_batches), ${id(3)}, ${id(4)}, '${bankId}', 'SMT',
      '04' || lpad(upper(to_hex(n)), 26, '0'), (100 + n % 400)::bigint * 1000000, 'x', 1, ${id(5)},
      '${day}', '${day}'
    from generate_series(1, ${orders}) as n`);
  await run('analyze payment_orders');
}
