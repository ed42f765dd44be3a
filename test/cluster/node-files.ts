/** Where one node of a cluster is reached, all on the loopback. */
export type Place = {
  readonly name: string;
  readonly folder: string;
  readonly postgres: number;
  readonly rest: number;
  readonly etcd: number;
  readonly etcdPeer: number;
};

/** The passwords of a cluster that lives for a test. */
export const passwords = {
  postgres: 'of-the-test',
  replicator: 'of-the-test',
  rewinder: 'of-the-test',
  karkhaneh: 'of-the-test',
} as const;

/** What docs/runbook.md says of a node's Patroni, with the numbers of this one. */
export function patroniFile(place: Place, nodes: readonly Place[], binaries: string): string {
  const local = `127.0.0.1:${place.postgres}`;
  const login = (role: keyof typeof passwords) =>
    `{username: ${role}, password: ${passwords[role]}}`;
  return `
scope: karkhaneh
name: ${place.name}
restapi: {listen: '127.0.0.1:${place.rest}', connect_address: '127.0.0.1:${place.rest}'}
etcd3: {hosts: '${nodes.map(({ etcd }) => `127.0.0.1:${etcd}`).join(',')}'}
bootstrap:
  dcs:
    ttl: 15
    loop_wait: 5
    retry_timeout: 5
    primary_start_timeout: 0
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters: {wal_log_hints: 'on', max_connections: 120, shared_buffers: 64MB}
  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, data-checksums]
postgresql:
  listen: ${local}
  connect_address: ${local}
  data_dir: ${place.folder}/data
  bin_dir: ${binaries}
  pgpass: ${place.folder}/pgpass
  authentication: {superuser: ${login('postgres')}, replication: ${login('replicator')}, rewind: ${login('rewinder')}}
  pg_hba: [host all all 127.0.0.1/32 scram-sha-256, host replication all 127.0.0.1/32 scram-sha-256]
  parameters: {unix_socket_directories: '${place.folder}'}
`;
}

/** The words that start a node's etcd. */
export function etcdWords(place: Place, nodes: readonly Place[]): string[] {
  const [client, peer] = [`http://127.0.0.1:${place.etcd}`, `http://127.0.0.1:${place.etcdPeer}`];
  const all = nodes.map(({ name, etcdPeer }) => `${name}=http://127.0.0.1:${etcdPeer}`);
  return [
    ...['--name', place.name, '--data-dir', `${place.folder}/etcd`],
    ...['--listen-client-urls', client, '--advertise-client-urls', client],
    ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
    ...['--initial-cluster', all.join(','), '--initial-cluster-state', 'new'],
    ...['--log-level', 'error', '--heartbeat-interval', '200', '--election-timeout', '2000'],
  ];
}

/** HAProxy as docs/runbook.md has it: whoever is asked says who leads. */
export function haproxyFile(port: number, nodes: readonly Place[]): string {
  const servers = nodes.map(
    ({ name, postgres, rest }) =>
      `  server ${name} 127.0.0.1:${postgres} maxconn 200 check port ${rest}`,
  );
  return `
defaults
  mode tcp
  timeout connect 4s
  timeout client 30m
  timeout server 30m
  timeout check 2s
listen primary
  bind 127.0.0.1:${port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}
`;
}
