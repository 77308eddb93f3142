-- Cursors.

-- name: position
SELECT position FROM cursors WHERE system = %(system)s AND flow = %(flow)s;

-- name: positions
SELECT system, flow, position FROM cursors;

-- name: move
-- Only from where we began to read.
INSERT INTO cursors AS c (system, flow, position, read_at)
VALUES (%(system)s, %(flow)s, %(new)s, %(at)s)
    ON CONFLICT (system, flow) DO UPDATE SET position = excluded.position,
                                             read_at = excluded.read_at
 WHERE c.position = %(old)s;
