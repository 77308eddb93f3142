-- What people did on the desks: whether it was done, and who did what when.

-- name: is_on_file
SELECT FROM message_keys WHERE channel = %(channel)s AND sender = %(sender)s AND key = %(key)s;
