-- If all of them have changed, the staged rows lie in their order already.
INSERT INTO {history} ({inserted}, valid_from)
SELECT {inserted_values}, $1 FROM {changed};
