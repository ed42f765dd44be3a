import { SaxesParser } from 'saxes';
import { Problem } from '../../kit/problem.ts';

/** What is done at an element of a known message; names come without their prefix. */
export type Element<S> = {
  readonly open?: (state: S) => void;
  /** Its own text, trimmed, when it closes. */
  readonly text?: (state: S, text: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (state: S) => void;
  readonly children?: Readonly<Record<string, Element<S>>>;
};

type Node<S> = { readonly it: Element<S>; readonly children: ReadonlyMap<string, Node<S>> };

/** Deeper than any message of the catalogue goes. */
const deepest = 40;
/** Text of one element, in UTF-16 units: the longest field of these messages has 500. */
const longestText = 4_000;
/** Between two tags: a text, a comment or a tag of more than this is no payment message. */
const longestRun = 256 * 1024;

function grow<S>(it: Element<S>): Node<S> {
  const children = Object.entries(it.children ?? {}).map(
    ([name, child]) => [name, grow(child)] as const,
  );
  return { it, children: new Map(children) };
}

/**
 * Walks through an XML document piece by piece, along the elements that somebody asked for; what else is
 * there is checked for form and passed over. A document type is refused, as with it are entities of
 * one's own; depth and lengths are bounded.
 * @throws Problem `financing.not_xml`, `financing.xml_forbidden`, `financing.xml_too_large`,
 * `financing.xml_cut` (422)
 */
export class XmlWalk<S> {
  private readonly parser = new SaxesParser({ position: false, xmlns: false } as const);
  private readonly state: S;
  private readonly choose: (name: string, attributes: Record<string, string>) => Element<S>;
  /** The known nodes on the way to here; undefined from the first unknown one on. */
  private readonly path: (Node<S> | undefined)[] = [];
  private attributes: Readonly<Record<string, string>> = {};
  private text = '';
  private run = 0;

  /** @param choose what is asked for below the root, by the root's name and attributes */
  constructor(state: S, choose: (name: string, attributes: Record<string, string>) => Element<S>) {
    this.state = state;
    this.choose = choose;
    this.parser.on('doctype', () => {
      throw new Problem('financing.xml_forbidden');
    });
    this.parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(?:utf-8|us-ascii)$/i.test(encoding)) {
        throw new Problem('financing.not_xml', { why: encoding });
      }
    });
    this.parser.on('opentag', ({ name, attributes }) => this.open(localName(name), attributes));
    this.parser.on('closetag', () => this.close());
    this.parser.on('text', (text) => this.take(text));
    this.parser.on('cdata', (text) => this.take(text));
  }

  /** The next piece of the document. */
  write(piece: string): void {
    this.run += piece.length;
    if (this.run > longestRun + piece.length) throw new Problem('financing.xml_too_large');
    this.guarded(() => this.parser.write(piece), 'financing.not_xml');
  }

  /** To be called after the last piece. */
  end(): void {
    this.guarded(() => this.parser.close(), 'financing.xml_cut');
  }

  private guarded(work: () => void, code: string): void {
    try {
      work();
    } catch (error) {
      if (error instanceof Problem || !isOfParser(error)) throw error;
      throw new Problem(code, { why: error.message.slice(0, 200) });
    }
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.run = 0;
    if (this.path.length >= deepest) throw new Problem('financing.xml_too_large');
    const node =
      this.path.length === 0
        ? grow(this.choose(name, attributes))
        : this.path.at(-1)?.children.get(name);
    this.path.push(node);
    this.attributes = attributes;
    this.text = '';
    node?.it.open?.(this.state);
  }

  private close(): void {
    this.run = 0;
    const it = this.path.pop()?.it;
    it?.text?.(this.state, this.text.trim(), this.attributes);
    it?.close?.(this.state);
    this.text = '';
  }

  private take(text: string): void {
    if (this.path.at(-1)?.it.text === undefined) return;
    if (this.text.length + text.length > longestText) throw new Problem('financing.xml_too_large');
    this.text += text;
  }
}

/** The parser throws plain errors; one of another class is a defect of ours. */
function isOfParser(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
