import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Modal';
import { useShellWords } from '../words.ts';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { Over } from './Over.tsx';

/** An open dialog. */
export function DialogBox({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useShellWords();
  return (
    <Over
      onClose={onClose}
      place="items-end sm:items-start sm:pt-[10dvh]"
      look="max-h-[90dvh] overflow-y-auto overscroll-contain rounded-t-lg sm:rounded-lg"
    >
      <AriaDialog className="p-4 outline-none sm:p-6">
        <div className="flex items-start justify-between gap-4 pb-4">
          <Heading slot="title" className="text-xl font-bold">
            {title}
          </Heading>
          <IconButton label={t('form.close')} onPress={onClose}>
            <Icon name="close" />
          </IconButton>
        </div>
        {children}
      </AriaDialog>
    </Over>
  );
}
