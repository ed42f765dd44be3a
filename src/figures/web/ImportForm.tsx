import { useState } from 'react';
import { DropZone, type FileDropItem, FileTrigger } from 'react-aria-components';
import { answer, api, withKey } from '../../web/api.ts';
import { Form, SelectField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { RequestFailed } from '../../web/problem.ts';
import { Button } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { FileName } from '../../web/ui/Values.tsx';
import { useWords } from './words.ts';

const kinds = ['permits', 'referrals', 'payments', 'jobs'] as const;
const units = [
  'rial',
  'toman',
  'thousand_rial',
  'thousand_toman',
  'million_rial',
  'million_toman',
  'billion_rial',
  'billion_toman',
] as const;
type Kind = (typeof kinds)[number];
type Unit = (typeof units)[number];

/** A register to be checked; without a unit its heads say it. */
type Register = { readonly kind: Kind; readonly unit: Unit | undefined; readonly file: File };

const accepted = [
  '.xlsx',
  '.csv',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** Sends a register to be checked, not recorded; answers with the code of the run. */
async function sendRegister({ kind, unit, file }: Register, opId: string): Promise<string> {
  const fields = { kind, ...(unit ? { unit } : {}), dryRun: 'true' };
  const { code } = await answer(
    api.POST('/api/imports', {
      body: { ...fields, file: file.name },
      bodySerializer: () => {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) form.set(name, value);
        // The file last, so that the server knows what it is when the file begins to arrive.
        form.set('file', file, file.name);
        return form;
      },
      headers: withKey(opId),
    }),
  );
  return code;
}

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
      {file ? (
        <p role="status" className="font-semibold">
          <FileName name={file.name} />
        </p>
      ) : (
        <p className="text-lg font-semibold">{t('import.drop')}</p>
      )}
      <p className="text-sm text-soft">{t('import.dropHint')}</p>
      <FileTrigger
        acceptedFileTypes={accepted}
        onSelect={(files) => {
          const [chosen] = files ?? [];
          if (chosen) onFile(chosen);
        }}
      >
        <Button look="secondary">{file ? t('import.another') : t('import.choose')}</Button>
      </FileTrigger>
    </DropZone>
  );
}

/** Checks the register without recording it; says what is missing when there is no file. */
function useCheck(file: File | null, onStarted: (code: string) => void) {
  const t = useWords();
  return useWrite(async (values: Values, opId) => {
    if (!file) {
      throw new RequestFailed({
        type: 'about:blank',
        title: t('import.missingFile'),
        next: t('import.missingFileNext'),
        status: 422,
        code: 'web.missing',
      });
    }
    const kind = kinds.find((id) => id === values.kind) ?? 'permits';
    const unit = units.find((id) => id === values.unit);
    return sendRegister({ kind, unit, file }, opId);
  }, onStarted);
}

/** What register it is, in which unit, and the file; the first press only checks. */
export function ImportForm({ onStarted }: { onStarted: (code: string) => void }) {
  const t = useWords();
  const [file, setFile] = useState<File | null>(null);
  const write = useCheck(file, onStarted);
  return (
    <div className="max-w-2xl">
      <Form write={write} submit={t('import.check')}>
        <SelectField
          name="kind"
          label={t('import.kind')}
          options={kinds.map((id) => ({ id, name: t(`import.kinds.${id}`) }))}
          defaultValue="permits"
        />
        <SelectField
          name="unit"
          label={t('import.unit')}
          hint={t('import.unitHint')}
          optional
          empty={t('import.unitHeader')}
          options={units.map((id) => ({ id, name: t(`import.units.${id}`) }))}
        />
        <Drop file={file} onFile={setFile} />
      </Form>
    </div>
  );
}
