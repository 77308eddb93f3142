-- From which day of a bill on the code of a charge means what somebody said; empty: on any day.
ALTER TABLE code_maps ADD COLUMN valid_from date;
