import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form, type Values } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { AddFactor, CurrentPassword, type Factors as Held, RecoveryCodes } from './AddFactor.tsx';
import { useAccountWords } from './words.ts';

function useRemoval(code: string) {
  const queries = useQueryClient();
  return useWrite(
    ({ password }: Values, opId) =>
      answer(
        api.POST('/api/my/factors/{code}/remove', {
          params: { path: { code } },
          body: password ? { password } : {},
          headers: withKey(opId),
        }),
      ),
    () => queries.invalidateQueries({ queryKey: ['factors'] }),
  );
}

function OneFactor({
  factor,
  asksPassword,
}: {
  factor: Held['factors'][number];
  asksPassword: boolean;
}) {
  const t = useAccountWords();
  const { day, line } = useFormats();
  const [open, setOpen] = useState(false);
  const write = useRemoval(factor.code);
  const added = t('added', { day: day(factor.addedAt.slice(0, 10), 'short') });
  return (
    <li className="grid gap-2 border-b border-line py-3 last:border-b-0">
      <span className="flex flex-wrap items-center justify-between gap-3">
        <span>
          <span className="font-semibold">{factor.name}</span>
          <span className="block text-sm text-soft">
            {line(t(factor.kind as 'totp' | 'passkey'), added)}
          </span>
        </span>
        {open ? null : (
          <Button look="quiet" onPress={() => setOpen(true)}>
            {t('remove')}
          </Button>
        )}
      </span>
      {open ? (
        <Form write={write} submit={t('remove')} look="danger">
          {asksPassword ? <CurrentPassword /> : null}
        </Form>
      ) : null}
    </li>
  );
}

function Recovery({ held }: { held: Held }) {
  const t = useAccountWords();
  const { count } = useFormats();
  const queries = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const write = useWrite(
    ({ password }: Values, opId) =>
      answer(
        api.POST('/api/my/recovery-codes', {
          body: password ? { password } : {},
          headers: withKey(opId),
        }),
      ),
    async ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      await queries.invalidateQueries({ queryKey: ['factors'] });
    },
  );
  return (
    <div className="grid gap-3 pt-4">
      <h3 className="font-semibold">{t('recovery')}</h3>
      <p>{t('recoveryLeft', { count: count(held.recoveryCodes) })}</p>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />
      ) : (
        <Form write={write} submit={t('recoveryNew')} look="secondary">
          {held.hasPassword ? <CurrentPassword /> : null}
        </Form>
      )}
    </div>
  );
}

function HeldFactors({ held }: { held: Held }) {
  const t = useAccountWords();
  const queries = useQueryClient();
  return (
    <div className="grid gap-4">
      {held.exempt ? <p className="rounded-md bg-late-soft p-3 text-late">{t('exempt')}</p> : null}
      {held.needed ? <p className="text-soft">{t('needed')}</p> : null}
      {held.factors.length === 0 ? <p className="text-soft">{t('none')}</p> : null}
      <ul>
        {held.factors.map((factor) => (
          <OneFactor key={factor.code} factor={factor} asksPassword={held.hasPassword} />
        ))}
      </ul>
      <AddFactor
        asksPassword={held.hasPassword}
        onDone={() => void queries.invalidateQueries({ queryKey: ['factors'] })}
      />
      {held.factors.length > 0 ? <Recovery held={held} /> : null}
    </div>
  );
}

/** What one signs in with beside the password. */
export function Factors() {
  const t = useAccountWords();
  const query = useQuery({
    queryKey: ['factors'],
    queryFn: () => answer(api.GET('/api/my/factors')),
  });
  return (
    <Sheet title={t('secondTitle')} id="factors">
      <Loaded query={query} shape="figure">
        {(held) => <HeldFactors held={held} />}
      </Loaded>
    </Sheet>
  );
}
