import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readSecret } from './webhook-signature.ts';

/** Everything the environment decides, read once at the start of a process. */
export interface Config {
  /** TCP port of the web server; 0 asks the system for a free one. */
  readonly port: number;
  /** Address the web server listens on. */
  readonly host: string;
  /** A PostgreSQL server (15 or newer); undefined means the embedded one in `dataFolder`. */
  readonly databaseUrl: string | undefined;
  /** The same server as role karkhaneh_app; without it the owner connects and steps down. */
  readonly appDatabaseUrl: string | undefined;
  /** How long a server that was told to stop still answers, while `/readyz` says no. */
  readonly drainSeconds: number;
  /** Absolute path of the folder that holds the embedded database and the files. */
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  /** The address people reach the product at, without a trailing slash. */
  readonly publicUrl: string;
  /** S3-compatible storage for files; undefined means `dataFolder`/files. */
  readonly s3: S3Config | undefined;
  /** HTTP gateway that sends SMS; undefined keeps messages in the demonstration outbox. */
  readonly smsGateway: SmsGatewayConfig | undefined;
  /** What an SMS provider signs incoming messages with; undefined = none are taken. */
  readonly inboundSecret: Uint8Array | undefined;
  /** HTTP door of the civil registry; undefined leaves identities unconfirmed. */
  readonly civilRegistry: CivilRegistryConfig | undefined;
  /** HTTP door of a payment gateway; undefined = buyers pay on delivery. */
  readonly paymentGateway: PaymentGatewayConfig | undefined;
  /** Header in which a proxy on this machine hands over a client's TLS certificate; undefined = none does. */
  readonly certificateHeader: string | undefined;
  /** Keys that documents and secrets are sealed with, the one in use first; undefined = the data folder's. */
  readonly encryptionKeys: string | undefined;
  /** Key that the record's roots are signed with; undefined = the data folder's. */
  readonly signingKey: string | undefined;
  /** A ministry's own identity server, for staff; undefined = none. */
  readonly identityServer: IdentityServerConfig | undefined;
  /** ClamAV's daemon, which looks at every document; undefined checks their content only. */
  readonly clamav: ClamavConfig | undefined;
}

export interface S3Config {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CivilRegistryConfig {
  readonly url: string;
  readonly token: string;
}

export interface PaymentGatewayConfig {
  readonly url: string;
  readonly token: string;
}

export interface IdentityServerConfig {
  /** Its address, as OpenID Connect's discovery has it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in page calls it. */
  readonly name: string;
}

export interface ClamavConfig {
  readonly host: string;
  readonly port: number;
}

export interface SmsGatewayConfig {
  readonly url: string;
  readonly token: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A value in the environment that cannot be used. The command line ends with status 2. */
export class ConfigError extends Error {
  readonly variable: string;
  constructor(variable: string, message: string) {
    super(`${variable}: ${message}`);
    this.name = 'ConfigError';
    this.variable = variable;
  }
}

/** The repository's root folder. */
export const repositoryFolder = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The product's version, as package.json says it. */
export function productVersion(): string {
  const text = readFileSync(join(repositoryFolder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment; throws {@link ConfigError} naming the variable at fault. */
export function readConfig(env: Environment = process.env): Config {
  const port = readPort(env);
  return {
    port,
    host: text(env, 'HOST') ?? '127.0.0.1',
    databaseUrl: readDatabaseUrl(env, 'DATABASE_URL'),
    appDatabaseUrl: readDatabaseUrl(env, 'APP_DATABASE_URL'),
    dataFolder: resolve(text(env, 'KARKHANEH_DATA') ?? join(repositoryFolder, '.data')),
    logLevel: readLogLevel(env),
    drainSeconds: readSeconds(env, 'DRAIN_SECONDS'),
    publicUrl: readUrl(env, 'PUBLIC_URL')?.replace(/\/+$/, '') ?? `http://localhost:${port}`,
    s3: readS3(env),
    smsGateway: readSmsGateway(env),
    inboundSecret: readInboundSecret(env, 'SMS_INBOUND_SECRET'),
    civilRegistry: readCivilRegistry(env),
    paymentGateway: readPaymentGateway(env),
    clamav: readClamav(env),
    encryptionKeys: text(env, 'ENCRYPTION_KEYS'),
    signingKey: text(env, 'SIGNING_KEY'),
    identityServer: readIdentityServer(env),
    certificateHeader: readHeaderName(env, 'CLIENT_CERTIFICATE_HEADER'),
  };
}

/** An empty variable counts as an absent one, as shells and compose files leave them. */
function text(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value ? value : undefined;
}

function required(env: Environment, name: string, because: string): string {
  const value = text(env, name);
  if (value === undefined) throw new ConfigError(name, `is required when ${because} is set`);
  return value;
}

function readPort(env: Environment, name = 'PORT', usual = '8080'): number {
  const value = text(env, name) ?? usual;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65535) {
    throw new ConfigError(name, `«${value}» is not a port; give a whole number from 0 to 65535`);
  }
  return port;
}

function readSeconds(env: Environment, name: string): number {
  const value = text(env, name) ?? '0';
  if (!/^\d{1,3}$/.test(value)) {
    throw new ConfigError(name, `«${value}» is not a number of seconds, at most 999`);
  }
  return Number(value);
}

function readLogLevel(env: Environment): LogLevel {
  const value = text(env, 'LOG_LEVEL') ?? 'info';
  const level = logLevels.find((known) => known === value);
  if (!level) {
    throw new ConfigError('LOG_LEVEL', `«${value}» is not one of ${logLevels.join(', ')}`);
  }
  return level;
}

function readUrl(env: Environment, name: string): string | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new ConfigError(name, `«${value}» is not an http or https address`);
  }
  return value;
}

/** The value is never echoed: it holds a password. */
function readDatabaseUrl(env: Environment, name: string): string | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  if (!/^postgres(ql)?:\/\//.test(value)) {
    throw new ConfigError(name, 'must look like postgresql://user:password@host:5432/database');
  }
  return value;
}

function readS3(env: Environment): S3Config | undefined {
  const bucket = text(env, 'S3_BUCKET');
  if (bucket === undefined) return undefined;
  return {
    bucket,
    region: text(env, 'S3_REGION') ?? 'us-east-1',
    endpoint: readUrl(env, 'S3_ENDPOINT'),
    accessKeyId: required(env, 'S3_ACCESS_KEY_ID', 'S3_BUCKET'),
    secretAccessKey: required(env, 'S3_SECRET_ACCESS_KEY', 'S3_BUCKET'),
  };
}

function readSmsGateway(env: Environment): SmsGatewayConfig | undefined {
  const url = readUrl(env, 'SMS_GATEWAY_URL');
  if (url === undefined) return undefined;
  return { url, token: required(env, 'SMS_GATEWAY_TOKEN', 'SMS_GATEWAY_URL') };
}

/** The value is never echoed. */
function readInboundSecret(env: Environment, name: string): Uint8Array | undefined {
  const value = text(env, name);
  if (value === undefined) return undefined;
  const secret = readSecret(value);
  if (!secret) throw new ConfigError(name, 'must be whsec_ and 24 to 64 random bytes in base64');
  return secret;
}

function readCivilRegistry(env: Environment): CivilRegistryConfig | undefined {
  const url = readUrl(env, 'CIVIL_REGISTRY_URL');
  if (url === undefined) return undefined;
  return { url, token: required(env, 'CIVIL_REGISTRY_TOKEN', 'CIVIL_REGISTRY_URL') };
}

function readPaymentGateway(env: Environment): PaymentGatewayConfig | undefined {
  const url = readUrl(env, 'PAYMENT_GATEWAY_URL')?.replace(/\/+$/, '');
  if (url === undefined) return undefined;
  return { url, token: required(env, 'PAYMENT_GATEWAY_TOKEN', 'PAYMENT_GATEWAY_URL') };
}

function readIdentityServer(env: Environment): IdentityServerConfig | undefined {
  const issuer = readUrl(env, 'OIDC_ISSUER');
  if (issuer === undefined) return undefined;
  const { protocol, hostname } = new URL(issuer);
  if (protocol !== 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) {
    throw new ConfigError('OIDC_ISSUER', 'must be an https address');
  }
  return {
    issuer,
    clientId: required(env, 'OIDC_CLIENT_ID', 'OIDC_ISSUER'),
    clientSecret: required(env, 'OIDC_CLIENT_SECRET', 'OIDC_ISSUER'),
    name: text(env, 'OIDC_NAME') ?? hostname,
  };
}

function readHeaderName(env: Environment, name: string): string | undefined {
  const value = text(env, name);
  if (value !== undefined && !/^[A-Za-z0-9-]+$/.test(value)) {
    throw new ConfigError(name, `«${value}» is not the name of a header`);
  }
  return value;
}

function readClamav(env: Environment): ClamavConfig | undefined {
  const host = text(env, 'CLAMAV_HOST');
  return host === undefined ? undefined : { host, port: readPort(env, 'CLAMAV_PORT', '3310') };
}
