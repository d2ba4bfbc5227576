-- Compare-and-set on the target's one row. No row is written: another Load was here; roll back, list again.
-- A second session waits here for the first one's commit, and then finds another version.
UPDATE etl_target
SET kind = coalesce($3, kind), source = coalesce($4, source), source_table = coalesce($5, source_table), version = $6, complete_after = $7, newest_complete = $8,
    verified_through = $9, history_since = $10, mapping = coalesce($11, mapping), is_blocked = $12, description = coalesce($13::jsonb, description)
WHERE target = $1 AND version IS NOT DISTINCT FROM $2;
