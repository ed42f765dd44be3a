/** One booking of a statement that a test's bank sends. */
export type Booking = {
  readonly reference?: string;
  readonly rial: bigint | string;
  /** Money out unless told. */
  readonly credit?: boolean;
  readonly bankReference?: string;
  readonly day?: string;
  readonly iban?: string;
  /** A reason code: the payment came back. */
  readonly returned?: string;
  readonly pending?: boolean;
  readonly currency?: string;
};

export type StatementOptions = {
  readonly messageId: string;
  readonly account?: string;
  /** Said of the whole, instead of what it adds up to. */
  readonly sum?: bigint;
  readonly count?: number;
  readonly notification?: boolean;
};

const day = '2022-06-22';
/** An account with the bank MELLAT (012); a made-up number. */
const mellatAccount = shebaOf('012', 1);

/** A Sheba that passes its check, of a bank's code and a number. */
export function shebaOf(bankCode: string, number: number): string {
  const account = `${bankCode}${String(number).padStart(19, '0')}`;
  const check = 98n - (BigInt(`${account}182700`) % 97n);
  return `IR${String(check).padStart(2, '0')}${account}`;
}

/** A camt.053 (or camt.054) as a bank would send it. */
export function statementXml(bookings: readonly Booking[], options: StatementOptions): string {
  const { messageId, account = mellatAccount, notification = false } = options;
  const [kind, message, part] = notification
    ? ['camt.054.001.08', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn']
    : ['camt.053.001.08', 'BkToCstmrStmt', 'Stmt'];
  const sum = bookings.reduce((total, { rial }) => total + Number(rial), 0);
  const balances = ['OPBD', 'CLBD'].map(
    (code) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="IRR">0</Amt>` +
      `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`,
  );
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}">`,
    `<${message}><GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${day}T18:00:00Z</CreDtTm></GrpHdr>`,
    `<${part}><Id>${messageId}-1</Id><CreDtTm>${day}T18:00:00Z</CreDtTm>`,
    `<Acct><Id><IBAN>${account}</IBAN></Id><Ccy>IRR</Ccy></Acct>`,
    ...(notification ? [] : balances),
    `<TxsSummry><TtlNtries><NbOfNtries>${options.count ?? bookings.length}</NbOfNtries>`,
    `<Sum>${options.sum ?? sum}</Sum></TtlNtries></TxsSummry>`,
    ...bookings.map(entryXml),
    `</${part}></${message}></Document>\n`,
  ].join('\n');
}

function entryXml(it: Booking, at: number): string {
  const { reference, bankReference = `B-${at + 1}`, iban, returned } = it;
  const direction = it.credit || returned ? 'CRDT' : 'DBIT';
  const amount = `<Amt Ccy="${it.currency ?? 'IRR'}">${it.rial}</Amt><CdtDbtInd>${direction}</CdtDbtInd>`;
  const refs = `<Refs><AcctSvcrRef>${bankReference}</AcctSvcrRef>${
    reference === undefined ? '' : `<EndToEndId>${reference}</EndToEndId>`
  }</Refs>`;
  const party = iban
    ? `<RltdPties><CdtrAcct><Id><IBAN>${iban}</IBAN></Id></CdtrAcct></RltdPties>`
    : '';
  const back = returned ? `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn></RtrInf>` : '';
  return (
    `<Ntry><NtryRef>${at + 1}</NtryRef>${amount}` +
    `<Sts><Cd>${it.pending ? 'PDNG' : 'BOOK'}</Cd></Sts><BookgDt><Dt>${it.day ?? day}</Dt></BookgDt>` +
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls>${refs}${amount}${party}${back}</TxDtls></NtryDtls></Ntry>`
  );
}

/** One order's status in a report. */
export type Status = {
  readonly reference: string;
  readonly code: string;
  readonly rial: bigint;
  readonly bankReference?: string;
  readonly reason?: string;
};

/** A pain.002 as a bank would send it. */
export function reportXml(messageId: string, statuses: readonly Status[], sum?: bigint): string {
  const total = statuses.reduce((all, { rial }) => all + rial, 0n);
  const lines = statuses.map(({ reference, code, rial, bankReference, reason }) =>
    [
      `<TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${code}</TxSts>`,
      reason ? `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf>` : '',
      bankReference ? `<AcctSvcrRef>${bankReference}</AcctSvcrRef>` : '',
      `<OrgnlTxRef><Amt><InstdAmt Ccy="IRR">${rial}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`,
    ].join(''),
  );
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.11"><CstmrPmtStsRpt>`,
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${day}T12:00:00Z</CreDtTm></GrpHdr>`,
    `<OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>`,
    `<OrgnlNbOfTxs>${statuses.length}</OrgnlNbOfTxs><OrgnlCtrlSum>${sum ?? total}</OrgnlCtrlSum></OrgnlGrpInfAndSts>`,
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>X</OrgnlPmtInfId>${lines.join('\n')}</OrgnlPmtInfAndSts>`,
    `</CstmrPmtStsRpt></Document>\n`,
  ].join('\n');
}
