import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import Value from 'typebox/value';
import { compactKey } from '../kit/persian-text.ts';
import type { CivilRegistryConfig, Config } from '../platform/config.ts';

/** Who somebody says they are. */
export type RegistryQuestion = {
  readonly nationalId: string;
  /** ISO date. */
  readonly birthOn: string;
  readonly firstName: string;
  readonly lastName: string;
};

export type RegistryVerdict = 'confirmed' | 'differs';

/** The country's register of persons, as far as an application needs it. */
export interface CivilRegistry {
  /**
   * Whether the register holds this person under this number, birth date and name.
   * @throws RegistryUnavailable when it gave no answer that can be trusted; ask again later
   */
  ask(question: RegistryQuestion): Promise<RegistryVerdict>;
}

/** The register is slow, down, or talks nonsense: the application goes on, unconfirmed. */
export class RegistryUnavailable extends Error {}

/** How patient the adapter is; milliseconds, and the world as arguments so that tests need not wait. */
export type Patience = {
  readonly timeoutMs: number;
  /** Pauses between tries; their number is the number of tries after the first. */
  readonly pausesMs: readonly number[];
  /** Failed questions in a row after which nobody asks for a while. */
  readonly failuresToOpen: number;
  readonly openMs: number;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
};

const usual: Patience = {
  timeoutMs: 4000,
  pausesMs: [300, 1200],
  failuresToOpen: 5,
  openMs: 60_000,
  now: Date.now,
  pause: (ms) => sleep(ms),
};

const RegistryAnswer = Type.Union([
  Type.Object({ nationalId: Type.String(), found: Type.Literal(false) }),
  Type.Object({
    nationalId: Type.String(),
    found: Type.Literal(true),
    birthOn: Type.String(),
    firstName: Type.String(),
    lastName: Type.String(),
  }),
]);

/**
 * A register over HTTP: POST {nationalId} with a bearer token, answered by what it holds. It is asked
 * again after a pause; after several failures in a row nobody asks for a minute, then one question tries.
 */
export function httpCivilRegistry(
  { url, token }: CivilRegistryConfig,
  patience: Partial<Patience> = {},
): CivilRegistry {
  const how = { ...usual, ...patience };
  let failures = 0;
  let closedUntil = 0;
  return {
    async ask(question) {
      if (how.now() < closedUntil) throw new RegistryUnavailable('The register is left alone.');
      try {
        const verdict = await askPatiently(url, token, question, how);
        failures = 0;
        return verdict;
      } catch (error) {
        failures += 1;
        if (failures >= how.failuresToOpen) closedUntil = how.now() + how.openMs;
        throw error;
      }
    },
  };
}

/** The register that the configuration names; undefined where there is none. */
export function openCivilRegistry(
  config: Pick<Config, 'civilRegistry'>,
): CivilRegistry | undefined {
  return config.civilRegistry ? httpCivilRegistry(config.civilRegistry) : undefined;
}

async function askPatiently(
  url: string,
  token: string,
  question: RegistryQuestion,
  how: Patience,
): Promise<RegistryVerdict> {
  for (const ms of how.pausesMs) {
    try {
      return await askOnce(url, token, question, how.timeoutMs);
    } catch {
      await how.pause(ms);
    }
  }
  return askOnce(url, token, question, how.timeoutMs);
}

async function askOnce(
  url: string,
  token: string,
  question: RegistryQuestion,
  timeoutMs: number,
): Promise<RegistryVerdict> {
  let body: unknown;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ nationalId: question.nationalId }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!answer.ok) throw new Error(`The register answered ${answer.status}.`);
    body = await answer.json();
  } catch (cause) {
    throw new RegistryUnavailable('The register gave no answer.', { cause });
  }
  return judge(question, body);
}

/** An answer of another shape, or about somebody else, is no answer. */
function judge(question: RegistryQuestion, body: unknown): RegistryVerdict {
  if (!Value.Check(RegistryAnswer, body) || body.nationalId !== question.nationalId) {
    throw new RegistryUnavailable('The register answered something else.');
  }
  if (!body.found || body.birthOn !== question.birthOn) return 'differs';
  const asked = compactKey(`${question.firstName} ${question.lastName}`);
  const held = compactKey(`${body.firstName} ${body.lastName}`);
  return asked === held ? 'confirmed' : 'differs';
}
