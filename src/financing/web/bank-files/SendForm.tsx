import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, SelectField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { refusedHere } from '../../../web/problem.ts';
import { referenceQuery, useAccount } from '../../../web/session.ts';
import { FileDrop } from '../../../web/ui/FileDrop.tsx';
import { sendFile } from './bank-files.ts';
import { useWords } from './words.ts';

const accepted = ['.xml', '.csv', '.xlsx', 'application/xml', 'text/csv'];

/** Sends the file; says what is missing when there is none. */
function useSend(file: File | null, onDone: () => void) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async ({ bank = '' }: Values, opId) => {
      if (file) return sendFile({ file, bank }, opId);
      throw refusedHere(t('files.missingFile'), { next: t('files.missingFileNext') });
    },
    async () => {
      await queries.invalidateQueries({ queryKey: ['bank-files'] });
      onDone();
    },
  );
}

/** A bank's file on its way in: dropped or chosen; an officer says which bank it is from. */
export function SendForm() {
  const t = useWords();
  const { label, collator } = useFormats();
  const { data } = useQuery(referenceQuery);
  const account = useAccount();
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState('');
  const send = useSend(file, () => {
    setFile(null);
    setSaid(t('files.sent'));
  });
  const banks = (data?.banks ?? [])
    .map((row) => ({ id: row.id, name: label(row.label) }))
    .sort((a, b) => collator.compare(a.name, b.name));
  return (
    <div>
      <Form write={send} submit={t('files.send')}>
        {account?.role === 'bank' ? null : (
          <SelectField name="bank" label={t('files.bank')} options={banks} empty="" />
        )}
        <FileDrop
          file={file}
          onFile={setFile}
          accepted={accepted}
          words={{
            drop: t('files.drop'),
            hint: t('files.dropHint'),
            choose: t('files.choose'),
            another: t('files.another'),
          }}
        />
      </Form>
      <p role="status" className="pt-3 text-done">
        {said}
      </p>
    </div>
  );
}
