-- What relations are, and whether the role may read them: $1 is the schema, $2 the relations' names, $3 the names of those that this session
-- has locked: to ask for the size of another one might mean to wait for it.
WITH RECURSIVE family (root, oid) AS (
    SELECT relation.oid, relation.oid
    FROM pg_class AS relation
    JOIN pg_namespace AS namespace ON namespace.oid = relation.relnamespace
    WHERE namespace.nspname = $1
      AND relation.relname = ANY ($2)
    UNION
    SELECT family.root, child.inhrelid
    FROM pg_inherits AS child
    JOIN family ON family.oid = child.inhparent
)
SELECT relation.relname,
       relation.oid,
       relation.relkind::text,
       has_schema_privilege(relation.relnamespace, 'USAGE') AND has_table_privilege(relation.oid, 'SELECT') AS is_readable,
       EXISTS (
           SELECT
           FROM family AS part
           JOIN pg_class AS member ON member.oid = part.oid
           WHERE part.root = relation.oid
             AND member.relkind = 'f') AS has_foreign_parts,
       EXISTS (SELECT FROM pg_inherits AS child WHERE child.inhparent = relation.oid) AS has_children,
       CASE WHEN relation.relkind IN ('r', 'p') AND relation.relname = ANY ($3) THEN (
           SELECT sum(pg_relation_size(part.oid))::bigint FROM family AS part WHERE part.root = relation.oid) END AS size,
       obj_description(relation.oid, 'pg_class') AS comment
FROM family
JOIN pg_class AS relation ON relation.oid = family.root
WHERE family.oid = family.root
