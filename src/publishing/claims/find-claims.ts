import { decimalText } from '../../kit/decimal.ts';
import type { Claim } from './contract.ts';
import { type Fact, factsOf } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import { type Scan, scan } from './mentions.ts';
import { resolveUnits } from './resolve.ts';

/** A text, its claims, and what is known around each. */
export type ReadAccount = {
  readonly scan: Scan;
  readonly facts: readonly Fact[];
  readonly claims: readonly Claim[];
};

/** Takes a text apart: every number in it that claims something, with unit, hedge, and what it is about. */
export function readAccount(given: string, knowledge: Knowledge): ReadAccount {
  const read = scan(given);
  resolveUnits(read);
  const facts = factsOf(read, knowledge);
  return { scan: read, facts, claims: facts.map((fact) => claimOf(read, fact)) };
}

function claimOf({ given, tokens }: Scan, fact: Fact): Claim {
  const { mention, unit, hedge } = fact;
  const start = tokens[mention.first]?.start ?? 0;
  const end = tokens[mention.next - 1]?.end ?? start;
  const about = aboutOf(fact);
  return {
    text: given.slice(start, end),
    start,
    end,
    value: decimalText(mention.value),
    unit,
    hedge,
    about,
  };
}

/** `plans_funded agency:SMT period:1400`: what is counted, then what else is known. */
function aboutOf({ measure, kind, agency, place, period }: Fact): string {
  const rest = { kind, agency, place, period };
  const named = Object.entries(rest).filter(([, value]) => value !== undefined);
  return [measure, ...named.map(([name, value]) => `${name}:${value}`)].join(' ');
}
