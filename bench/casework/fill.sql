-- Makes a province of cases out of the table `seed`, which run.ts has filled: one line a case, with
-- everything that needs the product's own rules (numbers, names, deadlines) already in it. Every row is
-- one that the product's own acts would have written, the chain of the record included, so that
-- `karkhaneh check` finds nothing.
create function pg_temp.id(at timestamptz, kind text, n integer) returns uuid language sql immutable as $$
  select (substr(t, 1, 8) || '-' || substr(t, 9, 4) || '-7' || kind || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid
  from (select lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') as t) x
$$;

create temp table opened as
select s.*, pg_temp.id(s.submitted_at, 'a00', n) as case_id, pg_temp.id(s.submitted_at, 'b00', n) as person_id,
  pg_temp.id(s.submitted_at, 'c00', n) as household_id,
  case when state = 'issued' then pg_temp.id(s.decided_at, 'd00', n) end as permit_id,
  case state when 'submitted' then submitted_at when 'agency_signed' then signed_at else decided_at end as since_at
from seed s;

create temp table steps as
select n, 1 as seq, 'permits.submit' as verb, null as from_state, 'submitted' as to_state, submitted_at as at,
  expert_id as actor_id, agency_id as organisation_id, '{}'::text as facts from opened
union all
select n, 2, 'permits.sign', 'submitted', 'agency_signed', signed_at, expert_id, agency_id, '{}'
from opened where state in ('agency_signed', 'issued')
union all
select n, 3, 'permits.grant', 'agency_signed', 'issued', decided_at, officer_id, 'DIRECTORATE',
  '{"permit_number":"' || number || '","valid_until":"' || valid_until || '","validity_months":' || validity_months || '}'
from opened where state = 'issued'
union all
select n, 2, 'permits.refuse', 'submitted', 'refused', decided_at, expert_id, agency_id,
  '{"condition":1,"condition_numbers":[1]}'
from opened where state = 'refused';

create temp table linked as
select s.n, s.seq, s.verb, s.from_state, s.to_state, s.at, s.actor_id, s.organisation_id, s.facts,
  pg_temp.id(s.at, 'e0' || s.seq, s.n) as id, pg_temp.id(s.at, 'f0' || s.seq, s.n) as op_id,
  to_char(s.at at time zone 'Asia/Tehran', 'YYYY-MM-DD') as day,
  to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso,
  o.case_id, o.person_id, o.county_id, o.agency_id, o.kind, o.occupation_id, o.sex, o.area
from steps s join opened o using (n);

create temp table payloads as
select l.n, l.seq, convert_to('["' || id || '","' || case_id || '","' || verb || '",'
  || coalesce('"' || from_state || '"', 'null') || ',"' || to_state || '",1,null,"' || day || '","' || iso || '","'
  || actor_id || '","' || organisation_id || '","' || op_id || '",null,"' || person_id || '",' || county_id || ',"'
  || agency_id || '",null,"' || kind || '","' || occupation_id || '","' || sex || '","' || area || '",null,null,'
  || facts || ']', 'UTF8') as payload
from linked l;

create temp table chained as
select one.n, sha256(one.payload) as hash1, sha256(sha256(one.payload) || two.payload) as hash2,
  sha256(sha256(sha256(one.payload) || two.payload) || three.payload) as hash3
from payloads one
left join payloads two on two.n = one.n and two.seq = 2
left join payloads three on three.n = one.n and three.seq = 3
where one.seq = 1;

insert into people (province_id, id, national_id, id_kind, first_name, last_name, sex, mobile, name_key,
  seen_by, recorded_at)
select 4, person_id, national_id, 'national', first_name, last_name, sex, mobile, name_key,
  array[agency_id], submitted_at from opened order by n;

insert into households (province_id, id, person_id, county_id, area, address, address_key, seen_by, recorded_at)
select 4, household_id, person_id, county_id, area, address, address_key, array[agency_id], submitted_at
from opened order by n;

insert into cases (province_id, id, state, kind, person_id, household_id, occupation_id, agency_id, county_id,
  area, sex, submitted_on, state_since, holder, holder_since, due_on, permit_id, recorded_at)
select 4, case_id, state, kind, person_id, household_id, occupation_id, agency_id, county_id, area, sex,
  (submitted_at at time zone 'Asia/Tehran')::date, (since_at at time zone 'Asia/Tehran')::date,
  case state when 'submitted' then 'agency' when 'agency_signed' then 'directorate' else 'nobody' end,
  (since_at at time zone 'Asia/Tehran')::date, due_on, permit_id, submitted_at
from opened order by n;

insert into permits (province_id, id, case_id, number, issued_on, valid_until)
select 4, permit_id, case_id, number, (decided_at at time zone 'Asia/Tehran')::date, valid_until
from opened where state = 'issued' order by n;

insert into history (province_id, id, case_id, seq, verb, from_state, to_state, happened_on, recorded_at,
  actor_id, organisation_id, op_id, person_id, county_id, agency_id, kind, occupation_id, sex, area, facts, hash)
select 4, id, case_id, seq, verb, from_state, to_state, day::date, at, actor_id, organisation_id, op_id,
  person_id, county_id, agency_id, kind, occupation_id, sex, area, facts::jsonb,
  case seq when 1 then hash1 when 2 then hash2 else hash3 end
from linked join chained using (n) order by at;

insert into history_heads (province_id, case_id, seq, hash)
select 4, case_id, case when hash3 is not null then 3 when hash2 is not null then 2 else 1 end,
  coalesce(hash3, hash2, hash1)
from opened join chained using (n) order by n;

insert into permit_versions (province_id, permit_id, version, case_id, history_id, verb, takes_back, status,
  person_id, occupation_id, agency_id, county_id, area, address, conditions, approvals, valid_from, valid_until,
  recorded_at)
select 4, o.permit_id, 1, o.case_id, l.id, l.verb, false, 'valid', o.person_id, o.occupation_id, o.agency_id,
  o.county_id, o.area, o.address, '[]', jsonb_build_array(
    jsonb_build_object('verb', 'permits.sign', 'actor', o.expert_id, 'organisation', o.agency_id,
      'on', (o.signed_at at time zone 'Asia/Tehran')::date),
    jsonb_build_object('verb', 'permits.grant', 'actor', o.officer_id, 'organisation', 'DIRECTORATE', 'on', l.day)),
  l.day::date, o.valid_until, l.at
from opened o join linked l on l.n = o.n and l.seq = 3 order by o.n;

create temp table counted as
select case verb when 'permits.submit' then 'applications_submitted' when 'permits.grant' then 'permits_issued'
    else 'applications_refused' end as measure, day::date as happened_on, day::date as recorded_on, county_id,
  agency_id, null::text as bank_id, kind, occupation_id, sex, area, 1::bigint as value
from linked where verb <> 'permits.sign';
