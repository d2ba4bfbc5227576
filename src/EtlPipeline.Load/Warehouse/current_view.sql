CREATE OR REPLACE VIEW {view} AS
SELECT {columns}
FROM {history} AS record
WHERE record.valid_to IS NULL;
