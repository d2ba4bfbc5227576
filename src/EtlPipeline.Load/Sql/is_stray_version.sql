-- $1: the target, $2: the version
SELECT EXISTS (SELECT FROM etl_load WHERE target = $1 AND version > $2)
   AND NOT EXISTS (SELECT FROM etl_load WHERE target = $1 AND version = $2);
