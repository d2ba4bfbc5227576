-- What a relation is, and whether the role may read it: $1 is the schema, $2 the relation's name.
WITH RECURSIVE family (oid) AS (
    SELECT relation.oid
    FROM pg_class AS relation
    JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    WHERE namespace.nspname = $1
      AND relation.relname = $2
    UNION
    SELECT child.inhrelid
    FROM pg_inherits AS child
    JOIN family ON family.oid = child.inhparent
)
SELECT relation.oid,
       relation.relkind::text,
       has_schema_privilege(namespace.oid, 'USAGE') AND has_table_privilege(relation.oid, 'SELECT') AS is_readable,
       EXISTS (SELECT FROM family JOIN pg_class AS member ON member.oid = family.oid WHERE member.relkind = 'f') AS has_foreign_parts
FROM pg_class AS relation
JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
WHERE namespace.nspname = $1
  AND relation.relname = $2
