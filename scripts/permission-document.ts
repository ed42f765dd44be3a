import type { ClientScope } from '../src/platform/client-token.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Principal } from '../src/platform/policy.ts';
import { marketEndpoints, marketVerdict } from './permission-market.ts';
import {
  allocationEndpoints,
  allocationVerdict,
  bankFileEndpoints,
  bankFileVerdict,
  caseEndpoints,
  clientEndpoints,
  clientPositions,
  clientVerdict,
  fieldEndpoints,
  fieldVerdict,
  jobEndpoints,
  jobVerdict,
  type Position,
  positions,
  principalAt,
  supporterEndpoints,
  supporterVerdict,
  theCase,
  type Verdict,
  verdictOf,
  visitEndpoints,
  visitVerdict,
} from './permission-matrix.ts';

/** The matrix as a Markdown document. */
export function permissionTable(): string {
  const personId = '00000000-0000-7000-8000-000000000001';
  const rowsOf = (
    endpoints: readonly AnyEndpoint[],
    verdict: (it: AnyEndpoint, principal: Principal) => Verdict,
  ) => endpoints.map((it) => rowOf(it, (position) => verdict(it, principalAt(position, personId))));
  const cases = rowsOf(caseEndpoints, (it, who) => verdictOf(it, who, theCase(personId)));
  return [
    ...heading,
    ...cases,
    ...allocationHeading,
    ...rowsOf(allocationEndpoints, allocationVerdict),
    ...supporterHeading,
    ...rowsOf(supporterEndpoints, (it, who) => {
      const supporter = { provinceId: 4, agencyId: 'AGRI', personId, coveredId: null };
      return supporterVerdict(it, who, supporter);
    }),
    ...jobHeading,
    ...rowsOf(jobEndpoints, (it, who) => jobVerdict(it, who, theCase(personId))),
    ...visitHeading,
    ...rowsOf(visitEndpoints, (it, who) => visitVerdict(it, who, theCase(personId))),
    ...fieldHeading,
    ...rowsOf(fieldEndpoints, fieldVerdict),
    ...marketHeading,
    ...marketEndpoints.map((it) =>
      rowOf(it, (position) => marketVerdict(it, principalAt(position, personId), position)),
    ),
    ...bankFileHeading,
    ...rowsOf(bankFileEndpoints, bankFileVerdict),
    ...clientHeading,
    ...clientEndpoints.map(clientRow),
    '',
  ].join('\n');
}

function rowOf(it: AnyEndpoint, verdictAt: (position: Position) => Verdict): string {
  const verdicts = Map.groupBy(positions, verdictAt);
  const names = (verdict: Verdict) => (verdicts.get(verdict) ?? []).map(({ name }) => name);
  return `| ${it.id} | ${names('let').join('; ')} | ${names(404).join('; ')} |`;
}

function clientRow(it: AnyEndpoint & { readonly clientScope: ClientScope }): string {
  const verdicts = Map.groupBy(clientPositions, (client) => clientVerdict(it, client));
  const names = (verdict: Verdict) => (verdicts.get(verdict) ?? []).map(({ name }) => name);
  return `| ${it.id} | ${it.clientScope} | ${names('let').join('; ')} | ${names(404).join('; ')} |`;
}

const columns = ['', '| Endpoint | Let | Not theirs to see |', '|---|---|---|'];

const clientHeading = [
  '',
  '## Banks’ own systems',
  '',
  'They come with a token, as `docs/decisions/0028-banks-talk.md` says. The plan is of bank MELLAT in province 04. Who is',
  'let in where no plan is named sees their own bank’s only. Whoever lacks the scope is refused (403); people and their',
  'cookies are asked for a token (401).',
  '',
  '| Endpoint | Scope | Let | Not theirs to see |',
  '|---|---|---|---|',
];

const allocationHeading = [
  '',
  '## Allocations and referral',
  '',
  'The allocation, and the cases to be referred, are of province 04. An agency and a bank are let in and see their own',
  'shares only.',
  ...columns,
];

const supporterHeading = [
  '',
  '## Supporters and their people',
  '',
  'The supporter is the own citizen of province 04 and agency AGRI; the covered person is nobody here, and may accept, decline,',
  'answer and choose. Where a supporter may act, the office is refused (403).',
  ...columns,
];

const jobHeading = [
  '',
  '## Jobs',
  '',
  'A job of the case; what somebody was asked about their own jobs is theirs alone.',
  ...columns,
];

const visitHeading = [
  '',
  '## Supervision',
  '',
  'The visit, the deviation and the way round the gate are of the case above; the visit is assigned to none of them. Whoever',
  'it is assigned to sees it and may say what it came to.',
  ...columns,
];

const fieldHeading = [
  '',
  '## The inspector’s app',
  '',
  'Everybody who is let in has phones and records of their own only; whoever assigns visits sees all of the province.',
  'Another’s phone is refused (409), a revoked one too (403), whoever asks.',
  ...columns,
];

const marketHeading = [
  '',
  '## Pooled purchases and fairs',
  '',
  'The purchase, the offer and the fair are of province 04; the need and the application belong to the citizen of the case',
  'above. No citizen and no supporter here is a registered supplier: those who are may offer, and see their own offers only.',
  ...columns,
];

const bankFileHeading = [
  '',
  '## Payment orders, banks’ files and books',
  '',
  'The batch and the file are of the bank MELLAT in province 04. Lists and books show a bank its own only.',
  ...columns,
];

const heading = [
  '# Who may do what with a case',
  '',
  'Made by `node scripts/permission-table.ts` from the endpoints and the policies; a test holds it to both, and the',
  'server to it. The case is of agency AGRI, was put to HEALTH, is with bank MELLAT, in province 04. “Let” means that',
  'permission is no obstacle: the state of the case may be one. To those in the last column the case does not exist',
  '(404); everybody else who is signed in is refused (403), and whoever is not signed in is asked to (401).',
  ...columns,
];
