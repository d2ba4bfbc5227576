-- What the warehouse has and should not, or has not and should, each as a row: problem, target, key, content. No row means that it is right.

-- A query for the rows of a relation of the warehouse, in the form of oracle.state.
CREATE FUNCTION oracle.actual(target oracle.target, relation text, condition text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT t.%I::text AS key, ROW(%s)::text AS own, ROW(%s)::text AS look FROM %s AS t WHERE %s', target.key,
        (SELECT string_agg(format('t.%I', name), ', ' ORDER BY n) FROM unnest(target.own) WITH ORDINALITY AS c(name, n)),
        (SELECT coalesce(string_agg(format('t.%I', name), ', ' ORDER BY n), '') FROM unnest(target.look) WITH ORDINALITY AS c(name, n)), relation, condition)
$$;

-- The table that keeps every state of a target.
CREATE FUNCTION oracle.history(warehouse text, target text) RETURNS text LANGUAGE sql AS $$
    SELECT format('%I.%I', warehouse, CASE WHEN target LIKE 'fact%' THEN target ELSE target || '_history' END)
$$;

-- Compares a relation with a snapshot. A row that can't be transformed is left out, but what the warehouse has under its key was there once.
CREATE FUNCTION oracle.compare(wanted oracle.target, relation text, condition text, this_snapshot integer, place text)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH actual AS MATERIALIZED (%1$s),
        good AS (SELECT key, own, look FROM oracle.state WHERE target = %2$L AND snapshot = %3$s AND own IS NOT NULL),
        rejected AS (SELECT key FROM oracle.state WHERE target = %2$L AND snapshot = %3$s AND own IS NULL)
        SELECT 'surplus', %4$L, key, own || look FROM (SELECT * FROM actual WHERE key NOT IN (SELECT key FROM rejected) EXCEPT ALL TABLE good) AS s
        UNION ALL
        SELECT 'missing', %4$L, key, own || look FROM (TABLE good EXCEPT ALL TABLE actual) AS m
        UNION ALL
        SELECT 'invented', %4$L, key, own || look FROM actual
        WHERE key IN (SELECT key FROM rejected)
          AND NOT EXISTS (SELECT FROM oracle.state AS s WHERE s.target = %2$L AND s.key = actual.key AND s.own = actual.own AND s.look = actual.look)
        $q$, oracle.actual(wanted, relation, condition), wanted.name, this_snapshot, wanted.name || ' ' || place);
END $$;

-- The current state against a snapshot: of a fact its table and its view, of a dimension its history and its newest values.
CREATE FUNCTION oracle.current_differences(warehouse text, wanted oracle.target, this_snapshot integer)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY SELECT * FROM oracle.compare(wanted, oracle.history(warehouse, wanted.name), 'valid_to IS NULL', this_snapshot, 'current');
    RETURN QUERY SELECT * FROM oracle.twice_current(warehouse, wanted);
    RETURN QUERY SELECT * FROM oracle.rejected_differences(warehouse, wanted, this_snapshot);
    IF wanted.name LIKE 'fact%' THEN
        RETURN QUERY SELECT * FROM oracle.compare(
            wanted, format('%I.%I', warehouse, replace(wanted.name, 'fact_', '') || '_current'), 'true', this_snapshot, 'view');
    ELSE
        RETURN QUERY SELECT * FROM oracle.member_differences(warehouse, wanted, this_snapshot);
    END IF;
END $$;

CREATE FUNCTION oracle.twice_current(warehouse text, wanted oracle.target)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format(
        $q$ SELECT 'twice current', %1$L, %2$I::text, count(*)::text FROM %3$s WHERE valid_to IS NULL GROUP BY %2$I HAVING count(*) > 1 $q$,
        wanted.name, wanted.key, oracle.history(warehouse, wanted.name));
END $$;

-- A dimension has every good member's newest values. A member that isn't good now is kept as it was, or was inferred and never good.
CREATE FUNCTION oracle.member_differences(warehouse text, wanted oracle.target, this_snapshot integer)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH actual AS MATERIALIZED (%1$s),
        good AS (SELECT key, own, look FROM oracle.state WHERE target = %2$L AND snapshot = %3$s AND own IS NOT NULL)
        SELECT 'missing', %4$L, key, own || look FROM (TABLE good EXCEPT ALL TABLE actual) AS m
        UNION ALL
        SELECT 'surplus', %4$L, key, own || look FROM actual
        WHERE key NOT IN (SELECT key FROM good)
          AND EXISTS (SELECT FROM oracle.state AS s WHERE s.target = %2$L AND s.key = actual.key AND s.own IS NOT NULL)
          AND NOT EXISTS (SELECT FROM oracle.state AS s WHERE s.target = %2$L AND s.key = actual.key AND s.own = actual.own AND s.look = actual.look)
        $q$, oracle.actual(wanted, format('%I.%I', warehouse, wanted.name), 'true'), wanted.name, this_snapshot, wanted.name || ' members');
END $$;

CREATE FUNCTION oracle.rejected_differences(warehouse text, wanted oracle.target, this_snapshot integer)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH listed AS (SELECT key[1] AS key FROM %1$I.etl_rejected WHERE target = %2$L),
        rejected AS (SELECT key FROM oracle.state WHERE target = %2$L AND snapshot = %3$s AND own IS NULL)
        SELECT 'wrongly listed as rejected', %2$L, key, NULL FROM (TABLE listed EXCEPT ALL TABLE rejected) AS l
        UNION ALL
        SELECT 'not listed as rejected', %2$L, key, NULL FROM (TABLE rejected EXCEPT ALL TABLE listed) AS r
        $q$, warehouse, wanted.name, this_snapshot);
END $$;

-- What the warehouse says it held at the snapshot of a run.
CREATE FUNCTION oracle.as_of_differences(warehouse text, wanted oracle.target, this_snapshot integer)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE sql AS $$
    SELECT difference.*
    FROM oracle.snapshot,
         oracle.compare(wanted, format('%I.%I(%L)', warehouse, wanted.name || '_as_of', moment), 'true', this_snapshot, 'as of ' || stamp) AS difference
    WHERE id = this_snapshot AND stamp IS NOT NULL
$$;

-- Whether verified_through is later than the truth: every row equals one that the source had since then, or its absence. The columns of a
-- look-up may come from another snapshot than the row's own.
CREATE FUNCTION oracle.verified_differences(warehouse text, wanted oracle.target, through text)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH actual AS MATERIALIZED (%1$s),
        since AS (SELECT id FROM oracle.snapshot WHERE id >= coalesce((SELECT max(id) FROM oracle.snapshot WHERE stamp <= %2$L COLLATE "C"), 0)),
        listed AS (SELECT key[1] AS key FROM %3$I.etl_rejected WHERE target = %4$L),
        seen AS (SELECT s.* FROM oracle.state AS s JOIN since ON since.id = s.snapshot WHERE s.target = %4$L)
        SELECT 'not verified', %4$L, key, own || look FROM actual
        WHERE key NOT IN (SELECT key FROM listed)
          AND NOT EXISTS (
              SELECT FROM seen
              WHERE seen.key = actual.key AND seen.own = actual.own
                AND (seen.look = actual.look OR EXISTS (
                    SELECT FROM oracle.state AS look JOIN since ON since.id = look.snapshot
                    WHERE look.target = %5$L AND look.key = seen.look_key AND look.own = actual.look)))
        UNION ALL
        SELECT 'verified as absent', %4$L, key, NULL
        FROM (SELECT key FROM seen GROUP BY key HAVING count(*) = (SELECT count(*) FROM since)) AS always
        WHERE key NOT IN (SELECT key FROM actual) AND key NOT IN (SELECT key FROM listed)
        $q$, oracle.actual(wanted, oracle.history(warehouse, wanted.name), 'valid_to IS NULL'), through, warehouse, wanted.name, wanted.lookup);
END $$;

-- Every state that a run has seen is one record, and there is no other. Only if every run ended well, and nothing was lost on the way.
CREATE FUNCTION oracle.record_differences(warehouse text, wanted oracle.target, first_snapshot integer DEFAULT 0)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        WITH key AS (SELECT DISTINCT key FROM oracle.state WHERE target = %1$L),
        state AS (
            SELECT key.key, snapshot.id, own || look AS row, own IS NULL AND s.key IS NOT NULL AS is_rejected
            FROM key CROSS JOIN oracle.snapshot LEFT JOIN oracle.state AS s ON s.target = %1$L AND s.snapshot = snapshot.id AND s.key = key.key
            WHERE snapshot.id >= %4$s
        ),
        good AS (SELECT *, lag(row) OVER (PARTITION BY key ORDER BY id) AS row_before FROM state WHERE NOT is_rejected),
        expected AS (SELECT key, count(*) AS records FROM good WHERE row IS NOT NULL AND row IS DISTINCT FROM row_before GROUP BY key),
        actual AS (SELECT %2$I::text AS key, count(*) AS records FROM %3$s GROUP BY %2$I)
        SELECT 'miscounted', %1$L, key, format('%%s records, and it had %%s states', coalesce(actual.records, 0), coalesce(expected.records, 0))
        FROM expected FULL JOIN actual USING (key)
        WHERE actual.records IS DISTINCT FROM expected.records
        $q$, wanted.name, wanted.key, oracle.history(warehouse, wanted.name), first_snapshot);
END $$;

-- The first snapshot that the as-of function of a target promises to show.
CREATE FUNCTION oracle.first_promised(warehouse text, wanted oracle.target) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    first_snapshot integer;
BEGIN
    EXECUTE format('SELECT min(id) FROM oracle.snapshot, %I.etl_target WHERE target = %L AND stamp >= history_since', warehouse, wanted.name) INTO STRICT first_snapshot;
    RETURN first_snapshot;
END $$;

-- The calendar.
CREATE FUNCTION oracle.calendar_differences(warehouse text)
RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT 'wrong', 'dim_date', date_id::text, NULL FROM %1$I.dim_date
        WHERE (year, month, day, day_of_week, day_name, month_name, quarter) IS DISTINCT FROM (
            extract(year FROM date_id)::integer, extract(month FROM date_id)::integer, extract(day FROM date_id)::integer,
            extract(isodow FROM date_id)::integer, to_char(date_id, 'FMDay')::varchar, to_char(date_id, 'FMMonth')::varchar,
            extract(quarter FROM date_id)::integer)
        UNION ALL
        SELECT 'missing', 'dim_date', calendar_day::date::text, NULL
        FROM generate_series('2024-01-01'::date, '2030-12-31'::date, '1 day') AS calendar_day
        WHERE NOT EXISTS (SELECT FROM %1$I.dim_date WHERE date_id = calendar_day)
        $q$, warehouse);
END $$;

-- The current state of every target against the newest snapshot.
CREATE FUNCTION oracle.newest_differences(warehouse text) RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE sql AS $$
    SELECT difference.*
    FROM oracle.target AS wanted JOIN oracle.source_table ON source_table.name = wanted.source,
         oracle.current_differences(warehouse, wanted, (SELECT max(id) FROM oracle.snapshot)) AS difference
$$;

-- Everything, if every run ended well and nothing was lost on the way: each snapshot as of its moment, the newest one as the current state.
-- If Load began late, it began at the newest whole state, and only what it promises from then on is compared.
CREATE FUNCTION oracle.differences(warehouse text, began_late boolean) RETURNS TABLE (problem text, target text, key text, content text) LANGUAGE plpgsql AS $$
DECLARE
    wanted oracle.target;
    newest integer := (SELECT max(id) FROM oracle.snapshot);
    first_snapshot integer;
BEGIN
    FOR wanted IN SELECT t.* FROM oracle.target AS t JOIN oracle.source_table ON source_table.name = t.source ORDER BY t.name LOOP
        first_snapshot := CASE WHEN began_late THEN oracle.first_promised(warehouse, wanted) ELSE 0 END;
        RETURN QUERY SELECT * FROM oracle.current_differences(warehouse, wanted, newest);
        RETURN QUERY SELECT d.* FROM oracle.snapshot, oracle.as_of_differences(warehouse, wanted, id) AS d WHERE stamp IS NOT NULL AND id >= first_snapshot;
        RETURN QUERY SELECT * FROM oracle.record_differences(warehouse, wanted, first_snapshot);
    END LOOP;
    RETURN QUERY SELECT * FROM oracle.calendar_differences(warehouse);
END $$;
