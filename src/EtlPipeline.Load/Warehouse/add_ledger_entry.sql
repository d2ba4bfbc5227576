INSERT INTO etl_load (target, version, previous, run, run_stamp, kind, reason, outcome, rows, inserted, ended, deleted, rejected, corrections,
                      is_complete, oldest_read, extracted_at, request_id, complete_after, verified_through)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, complete_after, verified_through FROM etl_target WHERE target = $1
ON CONFLICT (target, version) DO UPDATE SET
    (previous, run, run_stamp, kind, reason, outcome, rows, inserted, ended, deleted, rejected, corrections,
     is_complete, oldest_read, extracted_at, request_id, complete_after, verified_through, loaded_at)
  = (excluded.previous, excluded.run, excluded.run_stamp, excluded.kind, excluded.reason, excluded.outcome, excluded.rows, excluded.inserted, excluded.ended,
     excluded.deleted, excluded.rejected, excluded.corrections, excluded.is_complete, excluded.oldest_read, excluded.extracted_at, excluded.request_id,
     excluded.complete_after, excluded.verified_through, excluded.loaded_at);
