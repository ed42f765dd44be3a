-- A one-time code is good in the browser that asked for it. Codes of before live three minutes more, for nobody.
alter table sign_in_codes add column device_id text;

-- What of a case somebody opened; the rows of before say one of the first two.
alter table case_openings drop constraint case_openings_what_known;
alter table case_openings add constraint case_openings_what_known check (what in (
  'case', 'document', 'visit', 'supporter', 'paper', 'pack', 'bank', 'export')) not valid;

-- What signs what a bank is told is sealed with the house's keys. Secrets of before are sealed by a job.
alter table bank_webhooks add column sealed_secret bytea;
alter table bank_webhooks alter column secret drop not null;
alter table bank_webhooks add constraint bank_webhooks_one_secret
  check (num_nonnulls(secret, sealed_secret) = 1) not valid;
