INSERT INTO etl_target (target, kind) VALUES ($1, $2) ON CONFLICT (target) DO NOTHING;
