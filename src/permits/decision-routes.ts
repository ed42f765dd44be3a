import type { Static, TSchema } from 'typebox';
import { type Reference, referenceOf } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import type { Act } from '../platform/history.ts';
import { type StepInput, takeStep } from './actions.ts';
import { allowStep } from './allow-act.ts';
import { caseKey, signedIn, stepUrl } from './case-key.ts';
import { answerClearances, askClearances } from './clearances.ts';
import { CodeAnswer, CodeParams, StepBody } from './contract.ts';
import { correctApplications } from './corrections.ts';
import { ClearBody, CorrectBody, RefuseBody, ReturnBody, SignBody } from './decision-contract.ts';
import { confirmPermits } from './grades.ts';
import { permitPermissions as table } from './policy.ts';
import type { CaseVerb } from './rules.ts';
import { tellApplicants } from './tell.ts';

const always = [
  'platform.not_found',
  'platform.wrong_state',
  'permits.claimed',
  'permits.future_date',
  'permits.before_last_step',
];

type Take = (tx: Tx, act: Act, reference: Reference, inputs: readonly StepInput[]) => Promise<void>;

type Decision<B extends TSchema> = {
  readonly verb: CaseVerb;
  readonly summary: string;
  readonly body: B;
  readonly problems: readonly string[];
  readonly wholeProvince?: string;
  /** Other than {@link takeStep} where the step is more than one row of the record. */
  readonly take?: Take;
};

/** One decision on one case: shape, permission, step, and the message to the applicant. */
function decision<B extends TSchema>(it: Decision<B>) {
  const { verb, take } = it;
  return endpoint({
    id: verb,
    method: 'POST',
    url: stepUrl(verb),
    summary: it.summary,
    access: { table, permission: verb },
    params: CodeParams,
    body: it.body,
    response: CodeAnswer,
    ...(it.wholeProvince ? { wholeProvince: it.wholeProvince } : {}),
    problems: [...always, ...it.problems],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id } = caseKey(params.code);
      const reference = await referenceOf(house.database);
      const input = { ...(body as Static<B> & object), caseId: id, happenedOn: act.today };
      const before = () => allowStep(tx, act, signedIn(principal), verb, id);
      const after = () => tellApplicants(tx, act, reference, verb, [id]);
      if (!take) await takeStep(tx, act, reference, verb, [input], { before, after });
      else
        await before()
          .then(() => take(tx, act, reference, [input]))
          .then(after);
      return { code: params.code };
    },
  });
}

const answering = 'The last yes sends the case back: the other bodies’ answers count.';

const answer =
  (verb: 'permits.clear' | 'permits.denyClearance'): Take =>
  async (tx, act, reference, inputs) => {
    await answerClearances(tx, act, reference, verb, inputs);
    const ids = inputs.map(({ caseId }) => caseId);
    await tellApplicants(tx, act, reference, 'permits.completeClearance', ids);
  };

/** The wire form of a place carries its county as a code. */
const correct: Take = (tx, act, reference, inputs) =>
  correctApplications(
    tx,
    act,
    reference,
    inputs.map((input) => {
      const { fields = {}, ...step } = input as StepInput & Static<typeof CorrectBody>;
      const { household: place, ...rest } = fields;
      const household = place && { ...place, countyId: Number(place.countyId) };
      return { ...step, fields: { ...rest, ...(household ? { household } : {}) } };
    }),
  );

/** The agency's decision, the clearances before it, and the objection after it. */
export const decisionRoutes: readonly AnyEndpoint[] = [
  decision({
    verb: 'permits.sign',
    summary: 'Give the agency’s signature, with the conditions it is given under',
    body: SignBody,
    problems: ['permits.clearance_missing'],
  }),
  decision({
    verb: 'permits.returnForCorrection',
    summary: 'Return to the applicant, naming each item to correct',
    body: ReturnBody,
    problems: ['permits.reason_missing', 'permits.item_unknown'],
  }),
  decision({
    verb: 'permits.correct',
    summary: 'Send a correction: the fields that were named, anew',
    body: CorrectBody,
    problems: [
      'permits.field_not_asked',
      'permits.needs_new_application',
      'permits.already_open',
      'accounts.needs_counter',
      'accounts.not_a_mobile',
      'accounts.unknown_county',
      'accounts.unknown_occupation',
    ],
    wholeProvince: 'A corrected place and person are seen by more than the applicant.',
    take: correct,
  }),
  decision({
    verb: 'permits.refuse',
    summary: 'Refuse by the numbers of unmet conditions or missing documents',
    body: RefuseBody,
    problems: ['permits.condition_missing'],
  }),
  decision({
    verb: 'permits.askClearance',
    summary: 'Ask every body that has to clear the occupation, all at once',
    body: StepBody,
    problems: ['permits.no_clearance_needed'],
    take: askClearances,
  }),
  decision({
    verb: 'permits.clear',
    summary: 'Clear the case, as one of the bodies that were asked',
    body: ClearBody,
    problems: ['permits.not_asked'],
    wholeProvince: answering,
    take: answer('permits.clear'),
  }),
  decision({
    verb: 'permits.denyClearance',
    summary: 'Deny the clearance by the number of a condition or document',
    body: ClearBody,
    problems: ['permits.not_asked', 'permits.condition_missing'],
    wholeProvince: answering,
    take: answer('permits.denyClearance'),
  }),
  decision({
    verb: 'permits.object',
    summary: 'Object to a refusal, with the reason',
    body: StepBody,
    problems: ['permits.reason_missing', 'permits.appeal_over', 'permits.already_open'],
  }),
  ...(['permits.uphold', 'permits.overturn'] as const).map((verb) =>
    decision({
      verb,
      summary: 'Decide an objection, as somebody else than who refused',
      body: StepBody,
      problems: ['permits.reason_missing', 'permits.same_decider'],
    }),
  ),
  decision({
    verb: 'permits.confirm',
    summary: 'Confirm a provisional permit after its examination',
    body: StepBody,
    problems: ['permits.not_provisional'],
    take: confirmPermits,
  }),
];
