INSERT INTO etl_load (target, version, rows, written, deleted, rejected, is_skipped, loaded_at, request_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
