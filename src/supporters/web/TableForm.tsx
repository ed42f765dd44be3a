import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, fileForm, withKey } from '../../web/api.ts';
import { Form, SelectField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { refusedHere } from '../../web/problem.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { FileDrop } from '../../web/ui/FileDrop.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { useWords, wordFor } from './words.ts';

type Sent = {
  readonly supporter: string;
  readonly mode: 'check' | 'record';
  readonly kind: string;
};

async function sendTable(file: File, fields: Sent, opId: string) {
  return answer(
    api.POST('/api/supporter-tables', {
      headers: withKey(opId),
      body: { ...fields, file: file.name } as never,
      bodySerializer: () => fileForm(fields, file),
    }),
  );
}

type Verdicts = Awaited<ReturnType<typeof sendTable>>;

function useTable(code: string, file: File | null, onDone: (it: Verdicts) => void) {
  const t = useWords();
  const queries = useQueryClient();
  return useWrite(
    async (fields: Omit<Sent, 'supporter'>, opId) => {
      if (!file) throw refusedHere(t('table.missing'), { next: t('table.missingNext') });
      return sendTable(file, { supporter: code, ...fields }, opId);
    },
    async (it) => {
      onDone(it);
      if (it.recorded) await queries.invalidateQueries();
    },
  );
}

const meanings = { accepted: 'done', unchanged: 'waiting', rejected: 'stopped' } as const;

function Rows({ it }: { it: Verdicts }) {
  const t = useWords();
  const { count } = useFormats();
  const sums = { read: it.read, accepted: it.accepted, unchanged: it.unchanged };
  return (
    <div role="status" className="pt-4">
      <p className="font-semibold">
        {t('table.sum', {
          read: count(sums.read),
          accepted: count(sums.accepted),
          unchanged: count(sums.unchanged),
          rejected: count(it.rejected),
        })}
        {it.recorded ? ` ${t('table.recorded')}` : ''}
      </p>
      <ul className="max-h-96 overflow-y-auto">
        {it.rows.map((row) => (
          <li key={row.row} className="border-b border-line py-2 last:border-b-0">
            <span className="flex justify-between gap-4">
              {t('table.row', { row: count(row.row) })}
              <Status meaning={meanings[row.verdict as keyof typeof meanings]}>
                {wordFor(t, 'table.verdicts', row.verdict)}
              </Status>
            </span>
            {row.says ? <span className="block text-sm">{row.says}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function TableDrop({ file, onFile }: { file: File | null; onFile: (chosen: File) => void }) {
  const t = useWords();
  return (
    <FileDrop
      file={file}
      onFile={onFile}
      accepted={['.csv', '.xlsx', 'text/csv']}
      words={{
        drop: t('table.drop'),
        hint: t('table.hint'),
        choose: t('table.choose'),
        another: t('table.another'),
      }}
    />
  );
}

/** Orders or deliveries by spreadsheet: checked first, with a verdict for each row, then recorded. */
export function TableForm({ code }: { code: string }) {
  const t = useWords();
  const { count } = useFormats();
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<Verdicts | null>(null);
  const [kind, setKind] = useState('orders');
  const send = useTable(code, file, setFound);
  const ready = found !== null && !found.recorded && found.accepted > 0;
  const submit = (values: Values) => {
    const chosen = values.kind ?? kind;
    setKind(chosen);
    send.mutate({ kind: chosen, mode: ready && chosen === kind ? 'record' : 'check' });
  };
  const kinds = (['orders', 'deliveries'] as const).map((id) => ({ id, name: t(`table.${id}`) }));
  return (
    <Sheet title={t('table.title')} id="table">
      <p className="pb-3 text-soft">{t('table.about')}</p>
      <Form
        write={{ ...send, mutate: submit }}
        submit={ready ? t('table.record', { count: count(found.accepted) }) : t('table.check')}
      >
        <SelectField
          name="kind"
          label={t('table.kind')}
          hint={`${t('table.ordersHint')} — ${t('table.deliveriesHint')}`}
          options={kinds}
          defaultValue="orders"
        />
        <TableDrop
          file={file}
          onFile={(chosen) => {
            setFile(chosen);
            setFound(null);
          }}
        />
      </Form>
      {found ? <Rows it={found} /> : null}
    </Sheet>
  );
}
