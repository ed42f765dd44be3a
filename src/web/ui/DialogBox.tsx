import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useShellWords } from '../words.ts';
import { IconButton } from './Button.tsx';
import { Icon } from './Icon.tsx';

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
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-end justify-center bg-[rgb(0_0_0/0.5)] sm:items-start sm:pt-[10dvh]"
    >
      <Modal className="max-h-[90dvh] w-full max-w-xl overflow-y-auto overscroll-contain rounded-t-lg border border-line bg-sheet shadow-lift sm:rounded-lg">
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
      </Modal>
    </ModalOverlay>
  );
}
