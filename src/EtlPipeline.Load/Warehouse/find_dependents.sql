-- $1: the table, $2: a column of it, $3: names of views that are Load's own. What else shows the column, or shows what shows it.
WITH RECURSIVE dependent AS (
    SELECT rewrite.ev_class AS oid
    FROM pg_depend AS depend JOIN pg_rewrite AS rewrite ON depend.classid = 'pg_rewrite'::regclass AND rewrite.oid = depend.objid
    JOIN pg_attribute AS attribute ON attribute.attrelid = depend.refobjid AND attribute.attnum = depend.refobjsubid
    WHERE depend.refobjid = to_regclass(format('%I.%I', current_schema(), $1::text)) AND attribute.attname = $2 AND rewrite.ev_class <> depend.refobjid
    UNION
    SELECT rewrite.ev_class
    FROM dependent JOIN pg_depend AS depend ON depend.refobjid = dependent.oid AND depend.refclassid = 'pg_class'::regclass
    JOIN pg_rewrite AS rewrite ON depend.classid = 'pg_rewrite'::regclass AND rewrite.oid = depend.objid AND rewrite.ev_class <> dependent.oid
)
SELECT dependent.oid::regclass::text FROM dependent JOIN pg_class ON pg_class.oid = dependent.oid WHERE relname <> ALL ($3) ORDER BY 1;
