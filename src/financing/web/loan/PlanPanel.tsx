import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Code, Day, Money } from '../../../web/ui/Values.tsx';
import { meaningOf } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Plan = Answer<'/api/cases/{code}/plans'>['plans'][number];

function PlanFacts({ plan }: { plan: Plan }) {
  const t = useWords();
  const { label, line, percent } = useFormats();
  return (
    <SummaryList
      rows={[
        [
          t('plan.state'),
          <Status key="state" meaning={meaningOf(plan.state)}>
            {wordFor(t, 'state', plan.state)}
          </Status>,
        ],
        [t('plan.bank'), line(label(plan.bank.label), label(plan.branch?.label))],
        [t('plan.creditLine'), label(plan.creditLine.label)],
        [t('plan.referredOn'), <Day key="referred" iso={plan.referredOn} />],
        [t('plan.requested'), <Money key="requested" rials={plan.requestedRial} />],
        [
          t('plan.approved'),
          plan.approvedRial ? <Money key="approved" rials={plan.approvedRial} /> : null,
        ],
        [
          t('plan.terms'),
          t('plan.termsWords', {
            // What others bear is not the borrower's to pay.
            fee: percent((plan.feeBp * plan.borrowerShareBp) / 100_000_000),
            tenor: plan.tenorMonths,
            grace: plan.graceMonths,
          }),
        ],
        [t('plan.people'), t('plan.peopleWords', { people: plan.people })],
        [t('plan.paid'), <Money key="paid" rials={plan.paidRial} />],
      ]}
    />
  );
}

function Tranches({ plan }: { plan: Plan }) {
  const t = useWords();
  const { digits } = useFormats();
  if (plan.tranches.length === 0) return null;
  return (
    <div className="pt-4">
      <h3>{t('plan.tranches')}</h3>
      <ul>
        {plan.tranches.map((tranche) => (
          <li
            key={tranche.number}
            className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-b-0"
          >
            <span>
              {t('plan.tranche', { number: digits(tranche.number) })}
              <span className="block text-soft">
                <Day iso={tranche.paidOn} />
                <span className="block text-sm">
                  {t('plan.reference')}: <Code>{tranche.bankReference}</Code>
                </span>
              </span>
            </span>
            <Money rials={tranche.amountRial} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The case's plans, the newest first, each with its tranches. */
export function PlanPanel({ code }: { code: string }) {
  const t = useWords();
  const plans = useQuery({
    queryKey: ['case', code, 'plans'],
    queryFn: () => answer(api.GET('/api/cases/{code}/plans', { params: { path: { code } } })),
  });
  return (
    <Sheet title={t('plan.title')} id="plan">
      <Loaded query={plans} shape="line">
        {({ plans: found }) =>
          found.length === 0 ? (
            <p className="text-soft">{t('plan.none')}</p>
          ) : (
            found.toReversed().map((plan, at) => (
              <div key={plan.id} className={at > 0 ? 'mt-6 border-t-2 border-strong pt-4' : ''}>
                <PlanFacts plan={plan} />
                <Tranches plan={plan} />
              </div>
            ))
          )
        }
      </Loaded>
    </Sheet>
  );
}
