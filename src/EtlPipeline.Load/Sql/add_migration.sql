INSERT INTO etl_migration (number, name, applied_at) VALUES ($1, $2, $3);
