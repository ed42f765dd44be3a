import { encodeCode } from '../../kit/code.ts';
import type { BatchOfOrders, PaymentOrder } from './orders.ts';

/** Who sends a message, by the names that the bank knows. */
export type Sender = { readonly directorate: string; readonly bank: string };

/** What an account that we do not know is called: the bank's branch fills it in. */
const notKnown = 'NOTPROVIDED';
const namespace = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';

/**
 * A batch as pain.001.001.09, some orders at a time. The debtor's account is the bank's own affair and
 * is written as not known to us; so is a borrower's account that we do not know.
 */
export function* writePain001(
  provinceId: number,
  batch: BatchOfOrders,
  sender: Sender,
): Generator<string> {
  const id = encodeCode(provinceId, batch.id).toUpperCase();
  const count = batch.orders.length;
  const totals = `<NbOfTxs>${count}</NbOfTxs><CtrlSum>${batch.controlRial}</CtrlSum>`;
  const directorate = `<Nm>${text(sender.directorate, 140)}</Nm>`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${namespace}"><CstmrCdtTrfInitn>`;
  yield `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${batch.recordedAt.toISOString()}</CreDtTm>${totals}`;
  yield `<InitgPty>${directorate}</InitgPty></GrpHdr>\n<PmtInf><PmtInfId>${id}</PmtInfId>`;
  yield `<PmtMtd>TRF</PmtMtd>${totals}<ReqdExctnDt><Dt>${batch.sentOn}</Dt></ReqdExctnDt>`;
  yield `<Dbtr>${directorate}</Dbtr><DbtrAcct>${unknownAccount}</DbtrAcct>`;
  yield `<DbtrAgt><FinInstnId><Nm>${text(sender.bank, 140)}</Nm></FinInstnId></DbtrAgt>\n`;
  for (const order of batch.orders) yield transfer(order);
  yield '</PmtInf></CstmrCdtTrfInitn></Document>\n';
}

const unknownAccount = `<Id><Othr><Id>${notKnown}</Id></Othr></Id>`;

function transfer({ reference, amountRial, creditorName, iban }: PaymentOrder): string {
  const account = iban === null ? unknownAccount : `<Id><IBAN>${iban}</IBAN></Id>`;
  return (
    `<CdtTrfTxInf><PmtId><EndToEndId>${reference}</EndToEndId></PmtId>` +
    `<Amt><InstdAmt Ccy="IRR">${amountRial}</InstdAmt></Amt>` +
    `<Cdtr><Nm>${text(creditorName, 140)}</Nm></Cdtr><CdtrAcct>${account}</CdtrAcct>` +
    `<RmtInf><Ustrd>${reference}</Ustrd></RmtInf></CdtTrfTxInf>\n`
  );
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as XML holds it, without the characters that it cannot hold; never empty, at most so long. */
function text(value: string, most: number): string {
  const plain = value.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, '').slice(0, most);
  return plain.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? sign) || '-';
}
