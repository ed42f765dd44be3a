import type { ReactNode } from 'react';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

/** What lies over the page: Escape or a press beside it closes it. Where it stands and how it looks are its owner's classes. */
export function Over({
  place,
  look,
  onClose,
  children,
}: {
  place: string;
  look: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      isDismissable
      className={`fixed inset-0 z-50 flex justify-center bg-[rgb(0_0_0/0.5)] ${place}`}
    >
      <Modal className={`w-full max-w-xl border border-line bg-sheet shadow-lift ${look}`}>
        {children}
      </Modal>
    </ModalOverlay>
  );
}
