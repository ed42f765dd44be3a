import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IsoDate } from '../kit/jalali.ts';
import type { House } from '../platform/endpoint.ts';
import type { Html } from '../platform/html.ts';
import type { Visit } from './layout.ts';

/** What the public site lends its parts: who visits, how a page is sent, which day it is. */
export type Serving = {
  readonly house: House;
  readonly homeProvince: number;
  readonly visitBy: (request: FastifyRequest) => Promise<Visit>;
  readonly sendPage: (request: FastifyRequest, reply: FastifyReply, page: Html) => FastifyReply;
  readonly queryOf: (request: FastifyRequest) => Readonly<Record<string, string | undefined>>;
  readonly today: () => IsoDate;
};
