-- A statement tells of repayments too: money in under the reference of a loan's order with R before it.
alter table bank_file_lines drop constraint bank_file_lines_kind_known;
alter table bank_file_lines add constraint bank_file_lines_kind_known
  check (kind in ('paid', 'returned', 'pending', 'repaid')) not valid;
alter table bank_file_lines validate constraint bank_file_lines_kind_known;
alter table bank_file_lines drop constraint bank_file_lines_effect_known;
alter table bank_file_lines add constraint bank_file_lines_effect_known
  check (effect in ('paid', 'returned', 'repaid', 'noted', 'set_aside')) not valid;
alter table bank_file_lines validate constraint bank_file_lines_effect_known;
