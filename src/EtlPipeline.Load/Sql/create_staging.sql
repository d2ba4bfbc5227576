-- The columns of the target that the file has, in the target's types; etl_ordinal is the row's place in the file.
CREATE TEMP TABLE staging ON COMMIT DROP AS
SELECT 0::bigint AS etl_ordinal, :columns FROM :"target" WITH NO DATA;
