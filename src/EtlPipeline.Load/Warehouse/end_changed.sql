UPDATE {history} AS record SET valid_to = greatest($1, record.valid_from) FROM pg_temp.changed WHERE record.{record_id} = changed.record_id;
