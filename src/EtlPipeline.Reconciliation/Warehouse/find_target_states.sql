-- What Load says about its targets.
SELECT target, source, source_table, version, verified_through, is_blocked, description::text FROM etl_target ORDER BY target;
