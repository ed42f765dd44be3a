-- Jobs are enqueued in the caller's transaction, by an app role that sees nothing of the queue:
-- these two functions are its only door, and run with their owner's rights.
create function enqueue_job(name text, payload json, run_at timestamptz, key text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_job(
    identifier => name, payload => payload, run_at => run_at, job_key => key);
$$;

-- Many at once: [{"name", "payload", "runAt"?, "key"?}, …].
create function enqueue_jobs(jobs json) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select graphile_worker.add_jobs(array(
    select row(job ->> 'name', job -> 'payload', null, (job ->> 'runAt')::timestamptz,
      null, job ->> 'key', null, null)::graphile_worker.job_spec
    from json_array_elements(jobs) as job));
$$;

revoke all on function enqueue_job(text, json, timestamptz, text) from public;
revoke all on function enqueue_jobs(json) from public;
grant execute on function enqueue_job(text, json, timestamptz, text)
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant execute on function enqueue_jobs(json)
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;

-- Messages on their way out. The demonstration shows them; a gateway sends them and blanks the text,
-- so that no one-time code stays readable.
create table sms_outbox (
  province_id integer not null,
  id uuid not null,
  mobile text not null,
  text text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (province_id, id),
  constraint sms_outbox_mobile_shape check (mobile ~ '^09[0-9]{9}$')
);
grant select, insert, update, delete on sms_outbox
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;

alter table sms_outbox enable row level security;
