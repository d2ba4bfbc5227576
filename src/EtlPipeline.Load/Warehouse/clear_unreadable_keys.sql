-- $1: the target, $2: since when every row has been read. Entries without a key, whose rows have been read again since.
DELETE FROM etl_rejected WHERE target = $1 AND key[1] IS NULL AND version < $2;
