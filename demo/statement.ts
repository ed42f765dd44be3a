/** One booking of a statement that a bank of the demonstration sends. */
export interface Booking {
  /** Our end-to-end reference; a bank that forgot it leaves it out. */
  readonly reference?: string;
  readonly rial: bigint;
  readonly bankReference: string;
  /** ISO. */
  readonly day: string;
  /** A reason code of ISO 20022: the payment came back. */
  readonly returned?: string;
}

/** A Sheba that passes its check, of a bank's code; the account is made up. */
function madeUpSheba(bankCode: string): string {
  const account = `${bankCode}${'4'.padStart(19, '0')}`;
  const check = 98n - (BigInt(`${account}182700`) % 97n);
  return `IR${String(check).padStart(2, '0')}${account}`;
}

function entryXml({ reference, rial, bankReference, day, returned }: Booking): string {
  const direction = returned ? 'CRDT' : 'DBIT';
  const amount = `<Amt Ccy="IRR">${rial}</Amt><CdtDbtInd>${direction}</CdtDbtInd>`;
  const ours = reference === undefined ? '' : `<EndToEndId>${reference}</EndToEndId>`;
  const back = returned ? `<RtrInf><Rsn><Cd>${returned}</Cd></Rsn></RtrInf>` : '';
  return (
    `<Ntry>${amount}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>` +
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls><Refs><AcctSvcrRef>${bankReference}</AcctSvcrRef>${ours}</Refs>` +
    `${amount}${back}</TxDtls></NtryDtls></Ntry>`
  );
}

/** A camt.053 as the banks of the demonstration send it. */
export function statementXml(
  head: { readonly messageId: string; readonly bankCode: string; readonly day: string },
  bookings: readonly Booking[],
): string {
  const { messageId, bankCode, day } = head;
  const made = `<CreDtTm>${day}T14:00:00Z</CreDtTm>`;
  const sum = bookings.reduce((total, { rial }) => total + rial, 0n);
  const balances = ['OPBD', 'CLBD'].map(
    (code) =>
      `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="IRR">0</Amt>` +
      `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`,
  );
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>`,
    `<GrpHdr><MsgId>${messageId}</MsgId>${made}</GrpHdr><Stmt><Id>${messageId}-1</Id>${made}`,
    `<Acct><Id><IBAN>${madeUpSheba(bankCode)}</IBAN></Id><Ccy>IRR</Ccy></Acct>`,
    ...balances,
    `<TxsSummry><TtlNtries><NbOfNtries>${bookings.length}</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>`,
    ...bookings.map(entryXml),
    `</Stmt></BkToCstmrStmt></Document>\n`,
  ].join('\n');
}
