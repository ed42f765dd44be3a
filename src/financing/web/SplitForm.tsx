import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, TextField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { type Label, useFormats } from '../../web/format.ts';
import { referenceQuery, useToday } from '../../web/session.ts';
import { decisionOf, rialOf } from './allocation.ts';
import { DecisionFields } from './Decision.tsx';
import { useWords } from './words.ts';

const parts = ['agency', 'county', 'bank'] as const;

/** Sends one share with the decision behind it. */
function useSplit(code: string, onDone: () => void) {
  const t = useWords();
  const queries = useQueryClient();
  const today = useToday();
  return useWrite(
    async (values: Values, opId) => {
      const chosen = parts.filter((part) => values[part]).map((part) => [part, values[part]]);
      const ceilingRial = rialOf(values, 'ceiling', t('form.wrongAmount'));
      const body = {
        shares: [{ ...Object.fromEntries(chosen), ceilingRial }],
        ...decisionOf(values, today, t('form.wrongDay')),
      };
      const path = { code };
      const headers = withKey(opId);
      return answer(
        api.POST('/api/allocations/{code}/shares', { params: { path }, headers, body }),
      );
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['allocations'] });
      onDone();
    },
  );
}

/** One share: for whom, how much, and who decided it. */
export function SplitForm({ code, onDone }: { code: string; onDone: () => void }) {
  const t = useWords();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const split = useSplit(code, onDone);
  const named = (rows: readonly { id: string; label: Label }[] = []) =>
    rows
      .map((row) => ({ id: row.id, name: label(row.label) }))
      .sort((a, b) => collator.compare(a.name, b.name));
  const options = {
    agency: named(data?.agencies),
    county: named(data?.counties),
    bank: named(data?.banks),
  };
  return (
    <Form write={split} submit={t('form.save')}>
      <p className="text-soft">{t('form.shareHint')}</p>
      {parts.map((part) => (
        <SelectField
          key={part}
          name={part}
          label={t(`form.${part}`)}
          options={options[part]}
          empty={t('form.every')}
          optional
        />
      ))}
      <TextField name="ceiling" label={t('form.amount')} inputMode="numeric" ltr />
      <DecisionFields />
    </Form>
  );
}
