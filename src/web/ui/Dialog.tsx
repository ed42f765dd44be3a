import type { ReactNode } from 'react';
import { Late, useBringing } from './Late.tsx';

// What draws it comes behind the page that may open it.
const load = async () => (await import('./DialogBox.tsx')).DialogBox;

/**
 * A question put over the page; Escape and the cross close it, and nothing is done then. It is to be on the page while
 * it is closed, too, so that what draws it is there before somebody opens it.
 */
export function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  useBringing(load);
  return open ? <Late load={load} props={{ title, onClose, children }} /> : null;
}
