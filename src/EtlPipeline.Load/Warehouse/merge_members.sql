-- The table itself shows the last values that each member had.
INSERT INTO {members} AS member ({inserted}) SELECT {inserted_values} FROM {from}
ON CONFLICT ({key}) DO UPDATE SET ({columns}) = ROW({excluded_columns}) WHERE ROW({member_columns})::record *<> ROW({excluded_columns})::record;
