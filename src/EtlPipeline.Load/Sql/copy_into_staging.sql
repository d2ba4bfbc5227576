COPY pg_temp.staging (etl_ordinal, :columns) FROM STDIN (FORMAT binary);
