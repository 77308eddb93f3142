-- One case as a person works on it: with what it shares a cause, who took it, and its end.

-- name: case
SELECT case_id, kind, subject_kind, subject_ref, item, cause, text, remedy, owner, due_at, amount,
       currency, message_ref, opened_at, settled_at, because, settled_by, person, snoozed_until,
       (SELECT key FROM facts WHERE facts.fact_id = cases.fact_id)
  FROM cases WHERE case_id = %(case_id)s;

-- name: members
-- Other open cases of the same kind and cause: one answer ends them all.
SELECT case_id, subject_kind, subject_ref, message_ref, text, due_at FROM cases
 WHERE kind = %(kind)s AND cause = %(cause)s AND cause <> '' AND settled_at IS NULL
   AND case_id <> %(case_id)s
 ORDER BY due_at, case_id LIMIT %(limit)s;

-- name: members_counted
SELECT count(*), sum(amount), min(currency), count(DISTINCT currency) FROM cases
 WHERE kind = %(kind)s AND cause = %(cause)s AND cause <> '' AND settled_at IS NULL;

-- name: take
UPDATE cases SET person = %(person)s, snoozed_until = NULL
 WHERE case_id = %(case_id)s AND settled_at IS NULL;

-- name: snooze
UPDATE cases SET snoozed_until = %(until)s WHERE case_id = %(case_id)s AND settled_at IS NULL;

-- name: delivery_of_case
-- The delivery that a stuck one's case is about: its item is the system and the business key.
SELECT delivery_id FROM deliveries
 WHERE stream_kind = %(subject_kind)s AND stream_ref = %(subject_ref)s
   AND system || ' ' || business_key = %(item)s
 ORDER BY delivery_id DESC LIMIT 1;
