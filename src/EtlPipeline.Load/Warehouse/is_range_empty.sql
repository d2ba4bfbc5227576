SELECT NOT EXISTS (SELECT FROM {history} AS record WHERE record.valid_to IS NULL {record_in_range});
