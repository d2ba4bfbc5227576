SELECT number FROM etl_migration;
