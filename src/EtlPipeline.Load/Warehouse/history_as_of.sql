-- Plain SQL, so that the planner sees through it.
CREATE OR REPLACE FUNCTION {function}(moment timestamptz) RETURNS SETOF {history} LANGUAGE sql STABLE PARALLEL SAFE AS $as_of$
SELECT *
FROM {history} AS record
WHERE record.valid_from <= moment AND (record.valid_to > moment OR record.valid_to IS NULL)
$as_of$;
