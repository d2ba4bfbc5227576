-- A record's beginning is a change from the record before it, if that one ended then. An end that no record begins at is a delete.
CREATE OR REPLACE VIEW {view} AS
SELECT {key_columns}, change.seen_at,
       CASE WHEN change.became IS NULL THEN 'deleted' WHEN change.was IS NULL AND state.is_first THEN 'new' WHEN change.was IS NULL THEN 'returned' ELSE 'changed' END AS change,
       ARRAY(SELECT name FROM jsonb_object_keys(coalesce(change.became, change.was)) AS name WHERE change.was -> name IS DISTINCT FROM change.became -> name ORDER BY name) AS columns,
       (SELECT jsonb_object_agg(name, value) FROM jsonb_each(change.was) AS column_was (name, value) WHERE value IS DISTINCT FROM change.became -> name) AS was,
       (SELECT jsonb_object_agg(name, value) FROM jsonb_each(change.became) AS column_became (name, value) WHERE value IS DISTINCT FROM change.was -> name) AS became,
       {last_updated_moved} AS last_updated_moved
FROM (
    SELECT {key_columns}, record.valid_from, record.valid_to,
           to_jsonb(record) - ARRAY[{technical}] AS became,
           lag(to_jsonb(record) - ARRAY[{technical}]) OVER states AS was,
           lag(record.valid_to) OVER states AS was_until,
           lead(record.valid_from) OVER states AS next_from,
           lag(record.valid_from) OVER states IS NULL AS is_first
    FROM {history} AS record
    WINDOW states AS (PARTITION BY {key_columns} ORDER BY record.valid_from, record.{record_id})
) AS state
CROSS JOIN LATERAL (
    SELECT state.valid_from AS seen_at, CASE WHEN state.was_until = state.valid_from THEN state.was END AS was, state.became
    UNION ALL
    SELECT state.valid_to, state.became, NULL WHERE state.valid_to IS NOT NULL AND state.next_from IS DISTINCT FROM state.valid_to
) AS change;
