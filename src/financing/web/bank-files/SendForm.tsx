import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DropZone, type FileDropItem, FileTrigger } from 'react-aria-components';
import { Form, SelectField, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { RequestFailed } from '../../../web/problem.ts';
import { referenceQuery, useAccount } from '../../../web/session.ts';
import { Button } from '../../../web/ui/Button.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { FileName } from '../../../web/ui/Values.tsx';
import { sendFile } from './bank-files.ts';
import { useWords } from './words.ts';

const accepted = ['.xml', '.csv', '.xlsx', 'application/xml', 'text/csv'];

function Drop({ file, onFile }: { file: File | null; onFile: (file: File) => void }) {
  const t = useWords();
  return (
    <DropZone
      onDrop={async (event) => {
        const dropped = event.items.find((item): item is FileDropItem => item.kind === 'file');
        if (dropped) onFile(await dropped.getFile());
      }}
      className="grid justify-items-center gap-2 rounded-lg border-2 border-dashed border-strong bg-sheet px-4 py-10 text-center data-[drop-target]:border-accent data-[drop-target]:bg-accent-soft data-[focus-visible]:outline-3 data-[focus-visible]:outline-focus"
    >
      <span className="text-accent">
        <Icon name={file ? 'file' : 'upload'} size={48} />
      </span>
      <p className="font-semibold" role="status">
        {file ? <FileName name={file.name} /> : t('files.drop')}
      </p>
      <p className="text-sm text-soft">{t('files.dropHint')}</p>
      <FileTrigger
        acceptedFileTypes={accepted}
        onSelect={(files) => {
          const [chosen] = files ?? [];
          if (chosen) onFile(chosen);
        }}
      >
        <Button look="secondary">{file ? t('files.another') : t('files.choose')}</Button>
      </FileTrigger>
    </DropZone>
  );
}

/** Sends the file; says what is missing when there is none. */
function useSend(file: File | null, onDone: () => void) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async ({ bank = '' }: Values, opId) => {
      if (file) return sendFile({ file, bank }, opId);
      throw new RequestFailed({
        ...{ type: 'about:blank', status: 422, code: 'web.missing' },
        ...{ title: t('files.missingFile'), next: t('files.missingFileNext') },
      });
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
        <Drop file={file} onFile={setFile} />
      </Form>
      <p role="status" className="pt-3 text-done">
        {said}
      </p>
    </div>
  );
}
