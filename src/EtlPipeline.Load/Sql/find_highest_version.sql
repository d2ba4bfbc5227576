-- $1: the target
SELECT version FROM etl_load WHERE target = $1 ORDER BY version DESC LIMIT 1;
