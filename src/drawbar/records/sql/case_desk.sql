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

-- name: groups
-- Open cases by kind and cause, the most cases first; money only where all are in one currency.
SELECT kind, cause, min(owner), count(*) AS members, min(due_at) AS due_at,
       CASE WHEN count(DISTINCT currency) = 1 THEN sum(amount) END AS amount,
       CASE WHEN count(DISTINCT currency) = 1 THEN min(currency) END AS currency,
       count(*) FILTER (WHERE amount IS NULL) AS unpriced, min(case_id), min(text)
  FROM cases
 WHERE settled_at IS NULL AND cause <> '' AND (%(kind)s = '' OR kind = %(kind)s)
   AND (%(owner)s = '' OR owner = %(owner)s)
 GROUP BY kind, cause
 ORDER BY members DESC, min(due_at), kind, cause
 LIMIT %(limit)s;

-- name: group_of_bills
-- The freight bills that open cases of one kind and cause are about, in the order of the cases.
SELECT subject_ref, min(case_id) AS first_case FROM cases
 WHERE kind = %(kind)s AND cause = %(cause)s AND cause <> '' AND settled_at IS NULL
   AND subject_kind = 'freight_bill'
 GROUP BY subject_ref ORDER BY first_case LIMIT %(limit)s;
