-- Control numbers: a series is locked while numbers are drawn from it or heard in it, so that each
-- is given once and no gap is seen where there is none.

-- name: given
-- The numbers that deliveries have already.
SELECT delivery_id, series, number FROM control_numbers WHERE delivery_id = ANY(%(delivery_ids)s);

-- name: begin
-- A series is made on its first use; a system that counted otherwise before goes on from there.
INSERT INTO control_series (system, direction, series, last)
SELECT %(system)s, %(direction)s, series,
       coalesce((SELECT last FROM control_series
                  WHERE system = %(system)s AND direction = %(direction)s AND series = 'before'), 0)
  FROM unnest(%(series)s::text[]) AS series ORDER BY series
    ON CONFLICT DO NOTHING;

-- name: lock
SELECT series, era, last FROM control_series
 WHERE system = %(system)s AND direction = %(direction)s AND series = ANY(%(series)s::text[])
 ORDER BY series FOR UPDATE;

-- name: give
INSERT INTO control_numbers (system, series, era, number, delivery_id, given_at)
VALUES (%(system)s, %(series)s, %(era)s, %(number)s, %(delivery_id)s, %(now)s);

-- name: move
UPDATE control_series SET last = %(last)s, era = %(era)s
 WHERE system = %(system)s AND direction = %(direction)s AND series = %(series)s;

-- name: heard
SELECT content FROM heard_numbers
 WHERE system = %(system)s AND series = %(series)s AND era = %(era)s AND number = %(number)s;

-- name: was_missing
SELECT EXISTS (SELECT FROM control_notes
                WHERE system = %(system)s AND series = %(series)s AND era = %(era)s
                  AND kind = 'gap' AND first <= %(number)s AND last >= %(number)s);

-- name: count_heard
-- How many numbers of what looks like a gap were heard all the same.
SELECT count(*) FROM heard_numbers
 WHERE system = %(system)s AND series = %(series)s AND era = %(era)s
   AND number BETWEEN %(first)s AND %(last)s;

-- name: hear
INSERT INTO heard_numbers (system, series, era, number, content, message_ref, heard_at)
VALUES (%(system)s, %(series)s, %(era)s, %(number)s, %(content)s, %(message_ref)s, %(now)s);

-- name: note
INSERT INTO control_notes
       (system, direction, series, era, kind, first, last, said_by, because, message_ref, noted_at)
VALUES (%(system)s, %(direction)s, %(series)s, %(era)s, %(kind)s, %(first)s, %(last)s, %(by)s,
        %(because)s, %(message_ref)s, %(now)s);

-- name: begin_anew
-- Each series starts over in a new era; what is returned is how far it had come.
WITH old AS (
  SELECT series, last FROM control_series
   WHERE system = %(system)s AND direction = %(direction)s ORDER BY series FOR UPDATE
)
UPDATE control_series s SET era = s.era + 1, last = 0 FROM old
 WHERE s.system = %(system)s AND s.direction = %(direction)s AND s.series = old.series
RETURNING s.series, s.era, old.last;

-- name: eras
-- Which era the interchanges of these systems are in.
SELECT system, era FROM control_series
 WHERE system = ANY(%(systems)s) AND direction = 'in' AND series = 'interchange' AND era > 0;

-- name: series
SELECT direction, series, era, last FROM control_series
 WHERE system = %(system)s AND series <> 'before' ORDER BY direction DESC, series;

-- name: notes
SELECT direction, series, kind, first, last, said_by, because, message_ref, noted_at
  FROM control_notes WHERE system = %(system)s ORDER BY note_id DESC LIMIT %(limit)s;

-- name: missing
-- Numbers of noted gaps that never came, as far as they are listed.
SELECT n.series, each.number
  FROM control_notes n
 CROSS JOIN LATERAL generate_series(n.first, least(n.last, n.first + 999)) AS each (number)
  JOIN control_series s ON s.system = n.system AND s.direction = 'in' AND s.series = n.series
                       AND s.era = n.era
 WHERE n.system = %(system)s AND n.kind = 'gap'
   AND NOT EXISTS (SELECT FROM heard_numbers h
                    WHERE h.system = n.system AND h.series = n.series AND h.era = n.era
                      AND h.number = each.number)
 ORDER BY 1, 2 LIMIT %(limit)s;
