-- The clock watches banks too: a queue is read by whose turn it is, and a bank's turn is one of them.
drop index cases_queue;
create index cases_queue on cases (province_id, holder, agency_id, due_on, id)
  where holder in ('agency', 'clearing', 'directorate', 'bank');
