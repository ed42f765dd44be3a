import { posix } from 'node:path';
import type { SourceFile } from './source-files.ts';

/** Something that a document says is there, and where it says so. */
export type Mention = {
  readonly where: string;
  readonly document: string;
  /** A file or folder, a command line, an address of the server, or a name that the code has. */
  readonly kind: 'path' | 'command' | 'address' | 'name';
  readonly text: string;
};

const fileEnding = /\.(?:ts|tsx|css|csv|html|json|md|png|sql|yml)$/;
const path = /^\.{0,2}[\w@*-][\w.@*-]*(?:\/[\w.@*-]+)*\/?$/;
const command = /^(?:npm|npx|node|bin\/karkhaneh|karkhaneh)(?:\s|$)/;
const address = /^(?:(?:GET|POST|DELETE) )?(\/(?!\/)\S*)$/;
const name = /^[A-Za-z_][\w.-]{2,}$/;

/** What a piece of code in a document names; undefined where it names nothing that can be looked up. */
function kindOf(text: string, topLevel: ReadonlySet<string>): Mention['kind'] | undefined {
  if (command.test(text)) return 'command';
  if (address.test(text)) return 'address';
  const first = text.split('/')[0] ?? '';
  const rooted = text.includes('/') && (topLevel.has(first) || /^\.{1,2}$/.test(first));
  if (path.test(text) && !/^\.\w+$/.test(text) && (rooted || fileEnding.test(text))) return 'path';
  return name.test(text) ? 'name' : undefined;
}

/**
 * Everything that a Markdown document names in backticks, in links, and in blocks: there the commands, and the
 * lines of a tree (a path, two spaces or more, what it is). `topLevel` are the entries of the repository's root.
 */
export function mentionsIn(document: SourceFile, topLevel: ReadonlySet<string>): Mention[] {
  const found: Mention[] = [];
  const folders: { indent: number; path: string }[] = [];
  let block = false;
  document.text.split('\n').forEach((line, index) => {
    const add = (text: string, kind = kindOf(text, topLevel)) => {
      const where = `${document.path}:${index + 1}`;
      if (kind) found.push({ where, document: document.path, kind, text });
    };
    if (/^\s*```/.test(line)) {
      block = !block;
      folders.length = 0;
    } else if (block || /^ {4}\S/.test(line)) {
      const entry = treeEntry(line, folders);
      if (entry !== undefined) add(entry, 'path');
      else if (command.test(line.trim())) add(commandOf(line), 'command');
    } else {
      for (const [, text = ''] of line.matchAll(/`([^`]+)`/g)) add(text);
      for (const [, target = ''] of line.matchAll(/\]\(([^)#\s]+)/g)) {
        if (!/^\w+:/.test(target)) add(target, 'path');
      }
    }
  });
  return found;
}

/** A command line without the remark behind it. */
function commandOf(line: string): string {
  return line.trim().split(/\s{2,}|\s#/)[0] ?? '';
}

/** The whole path of a line of a tree, whose folders are the less indented lines above it. */
function treeEntry(line: string, folders: { indent: number; path: string }[]): string | undefined {
  const [, indent = '', entry] =
    /^(\s*)([\w.@-]+(?:\/[\w.@-]+)*\/?)(?:\s{2,}.*)?$/.exec(line) ?? [];
  if (entry === undefined || !(entry.includes('/') || fileEnding.test(entry))) return undefined;
  while ((folders.at(-1)?.indent ?? -1) >= indent.length) folders.pop();
  const path = posix.join(folders.at(-1)?.path ?? '', entry);
  if (entry.endsWith('/')) folders.push({ indent: indent.length, path });
  return path;
}

/** Whether a path is there: from the root, beside the document, or (a bare file name) anywhere. */
export function isThere({ text, document }: Mention, files: readonly string[]): boolean {
  const wanted = text.replace(/\/$/, '');
  const candidates = [wanted, posix.join(posix.dirname(document), wanted)].map(matcher);
  return files.some((file) => {
    if (!wanted.includes('/') && posix.basename(file) === wanted) return true;
    return candidates.some((candidate) => candidate.test(file));
  });
}

/** `bench/NAME/run.ts` stands for any name there; a folder for what is in it. */
function matcher(wanted: string): RegExp {
  const pattern = posix
    .normalize(wanted)
    .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*|\b(?:NAME|NNNN|YYYY)\b/g, '[^/]*');
  return new RegExp(`^${pattern}(?:/|$)`);
}
