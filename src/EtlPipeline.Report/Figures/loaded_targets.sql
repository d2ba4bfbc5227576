-- What the ledger says of each table of the warehouse.
SELECT target,
       count(*) AS versions,
       max(version) AS newest,
       sum(written)::bigint AS written,
       sum(rejected)::bigint AS rejected,
       count(*) FILTER (WHERE is_skipped) AS skipped,
       max(loaded_at) AS loaded_at
FROM etl_load
GROUP BY target
ORDER BY target
