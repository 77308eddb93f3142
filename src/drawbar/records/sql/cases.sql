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
-- Nothing happens when it is not open.
UPDATE cases SET settled_at = %(at)s, because = %(because)s, settled_by = %(by)s
 WHERE kind = %(kind)s AND subject_kind = %(subject_kind)s AND subject_ref = %(subject_ref)s
   AND item = %(item)s AND settled_at IS NULL;

-- name: settle_one
UPDATE cases SET settled_at = %(at)s, because = %(because)s, settled_by = %(by)s
 WHERE case_id = %(case_id)s AND settled_at IS NULL;
