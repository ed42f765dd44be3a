import { Asked } from './Asked.tsx';
import { BankActs } from './BankActs.tsx';
import { Loan } from './Loan.tsx';
import { Orders } from './Orders.tsx';

/** The money of a plan as the office meets it: what was ordered, paid, asked about and is paid back. */
export function LoanPanel({ code }: { code: string }) {
  return (
    <>
      <Orders code={code} />
      <BankActs code={code} />
      <Asked code={code} />
      <Loan code={code} />
    </>
  );
}
