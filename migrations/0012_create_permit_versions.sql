-- What a permit said from one day to the next: each issue, renewal, change, suspension or end adds a
-- version, and so does taking one back. The number is for life, on the permit; nothing here is edited.
-- Holder, trade, agency and place are frozen copies of what the case said, whose own keys were checked
-- there; checking each copy again cost a fifth of a register's import.
create table permit_versions (
  province_id integer not null,
  permit_id uuid not null,
  version integer not null,
  case_id uuid not null,
  history_id uuid not null,
  verb text not null,
  takes_back boolean not null,
  status text not null,
  person_id uuid not null,
  occupation_id text not null,
  agency_id text not null,
  county_id integer not null,
  area text not null,
  address text,
  -- What the agency demands of the holder, as it stood on its signature.
  conditions jsonb not null,
  -- Who or what approved which part: [{verb, actor, organisation, on}].
  approvals jsonb not null,
  valid_from date not null,
  valid_until date not null,
  recorded_at timestamptz not null,
  primary key (province_id, permit_id, version),
  constraint permit_versions_from_one check (version >= 1),
  constraint permit_versions_status_known check (status in ('valid', 'suspended', 'expired', 'revoked',
    'ended', 'void'))
);
create unique index permit_versions_step_once on permit_versions (province_id, history_id);

-- The end of validity whose coming was told to the holder: once for each period.
alter table permits add column notice_on date;
create index permits_valid_until on permits (province_id, valid_until) where taken_back_at is null;

alter table permit_versions
  add constraint permit_versions_permit_known
    foreign key (province_id, permit_id) references permits (province_id, id);

-- Permits from before this table have their first version as they stand.
insert into permit_versions (province_id, permit_id, version, case_id, history_id, verb, takes_back,
  status, person_id, occupation_id, agency_id, county_id, area, address, conditions, approvals,
  valid_from, valid_until, recorded_at)
select p.province_id, p.id, 1, c.id, h.id, h.verb, false,
  case c.state when 'revoked' then 'revoked' else 'valid' end, c.person_id, c.occupation_id,
  c.agency_id, c.county_id, c.area, r.address, '[]',
  (select coalesce(jsonb_agg(jsonb_build_object('verb', a.verb, 'actor', a.actor_id,
      'organisation', a.organisation_id, 'on', a.happened_on) order by a.seq), '[]')
    from history a where a.province_id = p.province_id and a.case_id = p.case_id and a.sign = 1
      and a.verb in ('permits.sign', 'permits.grant', 'permits.enter')
      and not exists (select 1 from history b
        where b.province_id = a.province_id and b.reverses = a.id)),
  h.happened_on, p.valid_until, h.recorded_at
from permits p
join cases c on c.province_id = p.province_id and c.id = p.case_id
join households r on r.province_id = c.province_id and r.id = c.household_id
cross join lateral (
  select h.id, h.verb, h.happened_on, h.recorded_at from history h
  where h.province_id = p.province_id and h.case_id = p.case_id and h.sign = 1
    and h.verb in ('permits.grant', 'permits.enter', 'permits.revoke')
    and not exists (select 1 from history b
      where b.province_id = h.province_id and b.reverses = h.id)
  order by h.seq desc limit 1) h
where p.taken_back_at is null;

grant select, insert on permit_versions
  to karkhaneh_province, karkhaneh_organisation, karkhaneh_person;
grant select on permit_versions to karkhaneh_country;
alter table permit_versions enable row level security;
create policy permit_versions_country on permit_versions for select to karkhaneh_country using (true);
create policy permit_versions_province on permit_versions to karkhaneh_province using (
  province_id = nullif(current_setting('app.province', true), '')::integer);
-- Who sees the case sees what its permit said; cases has its own policies for these two.
create policy permit_versions_of_seen_case on permit_versions for select
  to karkhaneh_organisation, karkhaneh_person using (
  province_id = nullif(current_setting('app.province', true), '')::integer
  and exists (select 1 from cases c where c.province_id = permit_versions.province_id
    and c.id = permit_versions.case_id));
create policy permit_versions_insert on permit_versions for insert
  to karkhaneh_organisation, karkhaneh_person with check (
  province_id = nullif(current_setting('app.province', true), '')::integer);
