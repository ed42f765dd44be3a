-- The clock watches banks too: a queue is read by whose turn it is, and a bank's turn is one of them.
drop index cases_queue;
create index cases_queue on cases (province_id, holder, agency_id, due_on, id)
  where holder in ('agency', 'clearing', 'directorate', 'bank');

-- Shares of an agency's money for second loans and for the higher cap of approved occupations: which of
-- them a plan is counted under, frozen when it is referred.
alter table plans add column quotas text[] not null default '{}',
  add constraint plans_quotas_known check (quotas <@ array['second_loan', 'approved_cap']);
create index plans_quotas on plans (province_id, allocation_id) where quotas <> '{}';
