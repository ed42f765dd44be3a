import { Type } from 'typebox';
import Value from 'typebox/value';
import type { PaymentGatewayConfig } from '../../platform/config.ts';
import { askOutside } from '../../platform/outgoing.ts';

/** What the gateway knows of a payment. */
export type GatewayState =
  | { readonly state: 'paid'; readonly reference: string }
  | { readonly state: 'waiting' | 'failed' };

/**
 * The road to a payment gateway: asked for a page to pay on, asked what became of it, asked to give money
 * back. Each may be asked again with the same id and answers the same. Called from jobs only.
 */
export interface PaymentGateway {
  /** @returns the gateway's own name for the payment, and where the buyer pays */
  open(payment: {
    readonly id: string;
    readonly rial: bigint;
    readonly backTo: string;
  }): Promise<{ readonly authority: string; readonly address: string }>;
  verify(payment: { readonly authority: string; readonly rial: bigint }): Promise<GatewayState>;
  /** Gives back, once for an id; @returns whether it is done */
  refund(payment: {
    readonly id: string;
    readonly authority: string;
    readonly rial: bigint;
  }): Promise<boolean>;
}

const Opened = Type.Object({
  authority: Type.String({ minLength: 1, maxLength: 100 }),
  address: Type.String({ pattern: '^https?://', maxLength: 500 }),
});
const Verified = Type.Union([
  Type.Object({
    state: Type.Literal('paid'),
    rial: Type.String(),
    reference: Type.String({ minLength: 1, maxLength: 100 }),
  }),
  Type.Object({ state: Type.Enum(['waiting', 'failed'] as const) }),
]);
const Refunded = Type.Object({ state: Type.Enum(['refunded', 'waiting'] as const) });

/** How long the gateway has to answer, milliseconds; what it did not answer is asked again. */
const patienceMs = 10_000;

/**
 * A gateway spoken to in JSON over HTTPS: POST /open, /verify, /refund with a bearer token. Amounts are
 * whole rial as text. One that says another amount was paid than was asked is not believed.
 */
export function httpGateway(
  config: PaymentGatewayConfig,
  around: { readonly demonstration: boolean; readonly timeoutMs?: number },
): PaymentGateway {
  const ask = async (path: string, body: object): Promise<unknown> => {
    const { status, text } = await askOutside({
      url: `${config.url}${path}`,
      headers: { authorization: `Bearer ${config.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      timeoutMs: around.timeoutMs ?? patienceMs,
      demonstration: around.demonstration,
    });
    if (status !== 200) throw new Error(`The payment gateway answered ${status} to ${path}.`);
    return JSON.parse(text);
  };
  return {
    async open({ id, rial, backTo }) {
      return Value.Parse(Opened, await ask('/open', { id, rial: String(rial), backTo }));
    },
    async verify({ authority, rial }) {
      const said = Value.Parse(Verified, await ask('/verify', { authority }));
      if (said.state !== 'paid') return { state: said.state };
      if (said.rial !== String(rial)) {
        throw new Error(`The gateway says that ${said.rial} was paid where ${rial} was asked.`);
      }
      return { state: 'paid', reference: said.reference };
    },
    async refund({ id, authority, rial }) {
      const sent = { id, authority, rial: String(rial) };
      return Value.Parse(Refunded, await ask('/refund', sent)).state === 'refunded';
    },
  };
}
