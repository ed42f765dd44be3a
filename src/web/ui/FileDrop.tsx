import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import type { FileDropItem } from 'react-aria-components/useDragAndDrop';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { FileName } from './Values.tsx';

type FileDropProps = {
  /** What was dropped or chosen last. */
  readonly file: File | null;
  readonly onFile: (file: File) => void;
  /** Endings and types that the chooser offers. */
  readonly accepted: readonly string[];
  readonly words: Readonly<Record<'drop' | 'hint' | 'choose' | 'another', string>>;
};

/** A place to drop one file, with a button to choose it instead. */
export function FileDrop({ file, onFile, accepted, words }: FileDropProps) {
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
      <p role="status" className={file ? 'font-semibold' : 'text-lg font-semibold'}>
        {file ? <FileName name={file.name} /> : words.drop}
      </p>
      <p className="text-sm text-soft">{words.hint}</p>
      <FileTrigger
        acceptedFileTypes={accepted}
        onSelect={(files) => {
          const [chosen] = files ?? [];
          if (chosen) onFile(chosen);
        }}
      >
        <Button look="secondary">{file ? words.another : words.choose}</Button>
      </FileTrigger>
    </DropZone>
  );
}
