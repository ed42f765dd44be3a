import { useState } from 'react';
import { answer, api, fileForm, withKey } from '../../web/api.ts';
import { Form, SelectField, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { refusedHere } from '../../web/problem.ts';
import { FileDrop } from '../../web/ui/FileDrop.tsx';
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
      bodySerializer: () => fileForm(fields, file),
      headers: withKey(opId),
    }),
  );
  return code;
}

/** Checks the register without recording it; says what is missing when there is no file. */
function useCheck(file: File | null, onStarted: (code: string) => void) {
  const t = useWords();
  return useWrite(async (values: Values, opId) => {
    if (!file) throw refusedHere(t('import.missingFile'), { next: t('import.missingFileNext') });
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
        <FileDrop
          file={file}
          onFile={setFile}
          accepted={accepted}
          words={{
            drop: t('import.drop'),
            hint: t('import.dropHint'),
            choose: t('import.choose'),
            another: t('import.another'),
          }}
        />
      </Form>
    </div>
  );
}
