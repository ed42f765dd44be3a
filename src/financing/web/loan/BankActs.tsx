import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toAsciiDigits } from '../../../kit/persian-text.ts';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, SelectField, TextArea, TextField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { refusedHere } from '../../../web/problem.ts';
import { referenceQuery, useAccount } from '../../../web/session.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { useWords } from './words.ts';

/** Toman as they are typed, with either kind of digits, in rial. @throws RequestFailed at the field */
export function tomanIn(values: Values, field: string, title: string): string {
  const text = toAsciiDigits(values[field] ?? '').replaceAll(/[\s,٬]/g, '');
  if (/^[1-9]\d{0,15}$/.test(text)) return `${text}0`;
  throw refusedHere(title, { field });
}

function usePayment(code: string, onDone: () => void) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async (values: Values, opId) => {
      const { bankReference = '' } = values;
      const amountRial = tomanIn(values, 'amount', t('bank.wrongAmount'));
      const body = { amountRial, bankReference };
      const params = { path: { code } };
      return answer(api.POST('/api/plans/{code}/pay', { params, body, headers: withKey(opId) }));
    },
    async () => {
      onDone();
      await queries.invalidateQueries();
    },
  );
}

function useReturn(code: string, onDone: () => void) {
  const queries = useQueryClient();
  return useWrite(
    ({ reasonCode = '', reason }: Values, opId) => {
      const body = { reasonCode, ...(reason ? { reason } : {}) };
      const params = { path: { code } };
      return answer(api.POST('/api/plans/{code}/return', { params, body, headers: withKey(opId) }));
    },
    async () => {
      onDone();
      await queries.invalidateQueries();
    },
  );
}

function PayForm({ code, onDone }: { code: string; onDone: () => void }) {
  const t = useWords();
  return (
    <Form write={usePayment(code, onDone)} submit={t('bank.paySure')}>
      <TextField name="amount" label={t('bank.amount')} inputMode="numeric" ltr />
      <TextField name="bankReference" label={t('bank.reference')} maxLength={60} ltr />
    </Form>
  );
}

function ReturnForm({ code, onDone }: { code: string; onDone: () => void }) {
  const t = useWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const options = (data?.returnReasons ?? []).map((row) => ({
    id: row.id,
    name: label(row.label),
  }));
  return (
    <Form write={useReturn(code, onDone)} submit={t('bank.returnSure')} look="danger">
      <SelectField name="reasonCode" label={t('bank.reasonCode')} options={options} empty="" />
      <TextArea name="reason" label={t('bank.reason')} optional rows={2} />
    </Form>
  );
}

const payable = ['referred', 'file_opened', 'contracted', 'paying'];
const returnable = ['referred', 'file_opened'];

/** What the bank's people, or the directorate for them, report of the case's live plan. */
export function BankActs({ code }: { code: string }) {
  const t = useWords();
  const account = useAccount();
  const [open, setOpen] = useState<'pay' | 'return' | null>(null);
  const plans = useQuery({
    queryKey: ['case', code, 'plans'],
    queryFn: () => answer(api.GET('/api/cases/{code}/plans', { params: { path: { code } } })),
  });
  const state = plans.data?.plans.at(-1)?.state ?? '';
  const may = account?.permissions.includes('financing.pay') ?? false;
  if (!may || !payable.includes(state)) return null;
  const close = () => setOpen(null);
  return (
    <Sheet title={t('bank.title')} id="bank-acts">
      <div className="flex flex-wrap gap-3 pb-4">
        <Button look="secondary" onPress={() => setOpen('pay')}>
          {t('bank.pay')}
        </Button>
        {returnable.includes(state) ? (
          <Button look="secondary" onPress={() => setOpen('return')}>
            {t('bank.return')}
          </Button>
        ) : null}
      </div>
      {open === 'pay' ? <PayForm code={code} onDone={close} /> : null}
      {open === 'return' ? <ReturnForm code={code} onDone={close} /> : null}
    </Sheet>
  );
}
