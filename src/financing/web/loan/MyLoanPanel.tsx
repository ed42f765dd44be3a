import { Asked } from './Asked.tsx';
import { Loan } from './Loan.tsx';

/** The loan as its borrower meets it: whether the payments came, and what is to be paid back. */
export function MyLoanPanel({ code }: { code: string }) {
  return (
    <>
      <Asked code={code} />
      <Loan code={code} />
    </>
  );
}
