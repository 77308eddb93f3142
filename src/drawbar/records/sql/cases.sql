-- Cases.

-- name: open
-- One open case per kind, subject and item; said again, its words and money are renewed.
INSERT INTO cases (kind, subject_kind, subject_ref, item, cause, text, remedy, owner, due_at,
                   amount, currency, fact_id, message_ref, opened_at)
VALUES (%(kind)s, %(subject_kind)s, %(subject_ref)s, %(item)s, %(cause)s, %(text)s, %(remedy)s,
        %(owner)s, %(due_at)s, %(amount)s, %(currency)s, %(fact_id)s, %(message_ref)s,
        %(opened_at)s)
    ON CONFLICT (subject_ref, subject_kind, kind, item) WHERE settled_at IS NULL
    DO UPDATE SET cause = excluded.cause, text = excluded.text, remedy = excluded.remedy,
                  amount = excluded.amount, currency = excluded.currency;

-- name: settle
-- Nothing happens to one that is not open.
UPDATE cases c SET settled_at = s.at, because = s.because, settled_by = s.by
  FROM unnest(%(kinds)s::text[], %(subject_kinds)s::text[], %(subject_refs)s::text[],
              %(items)s::text[], %(ats)s::timestamptz[], %(becauses)s::text[], %(bys)s::text[])
         AS s (kind, subject_kind, subject_ref, item, at, because, by)
 WHERE c.subject_ref = s.subject_ref AND c.subject_kind = s.subject_kind AND c.kind = s.kind
   AND c.item = s.item AND c.settled_at IS NULL;

-- name: settle_one
UPDATE cases SET settled_at = %(at)s, because = %(because)s, settled_by = %(by)s
 WHERE case_id = %(case_id)s AND settled_at IS NULL;
