SELECT target, kind, source, version, complete_after, newest_complete, verified_through, history_since, mapping, is_blocked, filling::text, description::text
FROM etl_target;
