import { hash } from 'node:crypto';

const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);

/** The newest link of one case's chain: a leaf of the tree. */
export type Link = { readonly caseId: string; readonly seq: number; readonly hash: Uint8Array };

/**
 * A Merkle tree as RFC 9162 builds it, with SHA-256, over leaves that come one by one: the memory is one
 * hash for each level. A leaf is the case's UUID (16 bytes), its length of chain (4) and the chain's hash (32).
 */
export class MerkleTree {
  readonly #levels: { level: number; hash: Buffer }[] = [];
  /** How many leaves it has. */
  size = 0;

  add({ caseId, seq, hash: link }: Link): void {
    const leaf = Buffer.alloc(20);
    leaf.write(caseId.replaceAll('-', ''), 0, 'hex');
    leaf.writeUInt32BE(seq, 16);
    let top = { level: 0, hash: sha256(leafMark, leaf, link) };
    for (let left = this.#levels.at(-1); left?.level === top.level; left = this.#levels.at(-1)) {
      this.#levels.pop();
      top = { level: top.level + 1, hash: sha256(nodeMark, left.hash, top.hash) };
    }
    this.#levels.push(top);
    this.size += 1;
  }

  /** The root over all leaves so far; of none, the hash of nothing. */
  root(): Buffer {
    const last = this.#levels.at(-1);
    if (!last) return sha256();
    return this.#levels
      .slice(0, -1)
      .reduceRight((right, { hash: left }) => sha256(nodeMark, left, right), last.hash);
  }
}

/** SHA-256 over several pieces. */
export function sha256(...pieces: readonly Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(pieces), 'buffer');
}
