import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet, SummaryList } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Day, Money } from '../../../web/ui/Values.tsx';
import { meaningOf } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type LoanShown = Answer<'/api/cases/{code}/loans'>['loans'][number];
type Line = LoanShown['lines'][number];

function Facts({ loan }: { loan: LoanShown }) {
  const t = useWords();
  const { toman, day, digits } = useFormats();
  const late = loan.daysPastDue > 0;
  const words = late
    ? t('loan.overdueWords', { amount: toman(loan.overdueRial), days: digits(loan.daysPastDue) })
    : '';
  return (
    <SummaryList
      rows={[
        [
          t('plan.state'),
          <Status key="state" meaning={meaningOf(loan.state)}>
            {wordFor(t, 'state', loan.state)}
          </Status>,
        ],
        [
          t('loan.next'),
          loan.next
            ? t('loan.nextWords', {
                amount: toman(loan.next.amountRial),
                day: day(loan.next.dueOn),
              })
            : null,
        ],
        ...(late ? [[t('loan.overdue'), words] as [string, string]] : []),
        [t('loan.left'), <Money key="left" rials={loan.principalRial} />],
        [t('loan.settlement'), <Money key="settlement" rials={loan.settlementRial} />],
      ]}
    />
  );
}

function Instalment({ line }: { line: Line }) {
  const t = useWords();
  const { toman, digits } = useFormats();
  const amount = (BigInt(line.principalRial) + BigInt(line.feeRial)).toString();
  return (
    <li className="flex flex-wrap justify-between gap-x-4 border-b border-line py-2 last:border-b-0">
      <span>
        {line.number === 0 ? t('loan.early') : t('loan.line', { number: digits(line.number) })}
        <span className="block text-soft">
          <Day iso={line.dueOn} />
        </span>
      </span>
      <span className="text-end">
        <Money rials={amount} />
        <span className="block text-sm text-soft">
          {t('loan.parts', {
            principal: toman(line.principalRial),
            fee: toman(line.feeRial),
          })}
        </span>
        <Status meaning={meaningOf(line.state)}>{wordFor(t, 'loan.lineState', line.state)}</Status>
      </span>
    </li>
  );
}

/** What is left of the case's loan, its next instalment, and the whole schedule; nothing before a payment. */
export function Loan({ code }: { code: string }) {
  const t = useWords();
  const loans = useQuery({
    queryKey: ['case', code, 'loans'],
    queryFn: () => answer(api.GET('/api/cases/{code}/loans', { params: { path: { code } } })),
  });
  if (loans.data?.loans.length === 0) return null;
  return (
    <Sheet title={t('loan.title')} id="loan">
      <Loaded query={loans} shape="line">
        {({ loans: found }) =>
          found.toReversed().map((loan) => (
            <div key={loan.planId}>
              <Facts loan={loan} />
              <details className="pt-4">
                <summary className="font-semibold">
                  {t('loan.schedule')} ({t('loan.count', { count: loan.lines.length })})
                </summary>
                <ul>
                  {loan.lines.map((line, at) => (
                    // An early repayment has no number of its own.
                    <Instalment key={line.number || `${line.dueOn} ${at}`} line={line} />
                  ))}
                </ul>
              </details>
            </div>
          ))
        }
      </Loaded>
    </Sheet>
  );
}
