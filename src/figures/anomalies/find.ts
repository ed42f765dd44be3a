import type { Static } from 'typebox';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { AnomaliesAnswer } from './contract.ts';
import {
  bankPauses,
  decisionsByActor,
  heldByBank,
  namesOf,
  plansNearCap,
  refusedBy,
  sharedIbans,
} from './queries.ts';
import { crowdsUnderCap, isSilent, refusesMore } from './rules.ts';

type Item = Static<typeof AnomaliesAnswer>['items'][number];
type Found = Omit<Item, 'cases' | 'total'> & { readonly caseIds: readonly string[] };
type Span = { readonly provinceId: number; readonly today: string };

const shown = 100;

/** What is out of the ordinary in a province's last year, each with the numbers that say why and its cases. */
export async function findAnomalies(
  tx: Tx,
  reference: Reference,
  span: Span,
): Promise<Static<typeof AnomaliesAnswer>> {
  const found = [
    ...(await silentBanks(tx, reference, span)),
    ...(await refusals(tx, reference, span)),
    ...(await ibans(tx, span)),
    ...(await underCaps(tx, reference, span)),
  ];
  const items: Item[] = [];
  for (const { caseIds, ...one } of found) {
    const names = await namesOf(tx, span, caseIds.slice(0, shown));
    const cases = names.map(({ id, name }) => ({ code: encodeCode(span.provinceId, id), name }));
    items.push({ ...one, total: caseIds.length, cases });
  }
  return { items };
}

async function silentBanks(tx: Tx, reference: Reference, span: Span): Promise<Found[]> {
  const found: Found[] = [];
  for (const { bank_id, silent, usual } of await bankPauses(tx, span)) {
    if (!isSilent(silent, usual)) continue;
    const caseIds = await heldByBank(tx, span, bank_id);
    const { label } = organisationLabel(reference, bank_id);
    found.push({ kind: 'silentBank', subject: label, facts: { silent, usual }, caseIds });
  }
  return found;
}

/** Those who decide for agencies, each against everybody else. */
async function refusals(tx: Tx, reference: Reference, span: Span): Promise<Found[]> {
  const all = await decisionsByActor(tx, span);
  const found: Found[] = [];
  for (const one of all) {
    const others = sumOf(all.filter((other) => other !== one));
    if (!refusesMore(one, others)) continue;
    const agency = organisationLabel(reference, one.agency_id).label;
    found.push({
      kind: 'refusals',
      subject: { fa: `${one.name_fa} (${agency.fa})`, en: `${one.name_en} (${agency.en})` },
      facts: {
        ...{ refused: one.refused, decisions: one.decisions },
        ...{ othersRefused: others.refused, othersDecisions: others.decisions },
      },
      caseIds: await refusedBy(tx, span, one.actor_id, one.agency_id),
    });
  }
  return found;
}

function sumOf(all: readonly { decisions: number; refused: number }[]) {
  return {
    decisions: all.reduce((sum, { decisions }) => sum + decisions, 0),
    refused: all.reduce((sum, { refused }) => sum + refused, 0),
  };
}

/** An account at a bank is told by its last four digits: enough to find it, too few to pay into it. */
async function ibans(tx: Tx, span: Span): Promise<Found[]> {
  return (await sharedIbans(tx, span)).map(({ iban, people, cases }) => ({
    kind: 'sharedIban',
    subject: { fa: `…${iban.slice(-4)}`, en: `…${iban.slice(-4)}` },
    facts: { people },
    caseIds: cases,
  }));
}

async function underCaps(tx: Tx, reference: Reference, span: Span): Promise<Found[]> {
  const all = await plansNearCap(tx, span);
  return all.flatMap((one) => {
    const others = all.filter((other) => other !== one);
    const plans = others.reduce((sum, other) => sum + other.plans, 0);
    const near = others.reduce((sum, other) => sum + other.near, 0);
    if (!crowdsUnderCap(one, { plans, near })) return [];
    const agency = organisationLabel(reference, one.agency_id).label;
    const bank = organisationLabel(reference, one.bank_id).label;
    return [
      {
        kind: 'underCap' as const,
        subject: { fa: `${agency.fa}، ${bank.fa}`, en: `${agency.en}, ${bank.en}` },
        facts: { near: one.near, plans: one.plans, othersNear: near, othersPlans: plans },
        caseIds: one.cases ?? [],
      },
    ];
  });
}
