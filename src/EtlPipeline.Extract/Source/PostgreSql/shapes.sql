-- Everything that can change what relations' rows print without writing the rows anew: $1 are the relations' oids.
SELECT root.oid, shape.text
FROM unnest($1::oid[]) AS root (oid)
CROSS JOIN LATERAL (
    WITH RECURSIVE family (oid) AS (
        SELECT root.oid
        UNION
        SELECT child.inhrelid
        FROM pg_inherits AS child
        JOIN family ON family.oid = child.inhparent
    ),
    -- The types of the columns, and what domains, arrays, ranges and composites are made of.
    type_tree (oid) AS (
        SELECT attribute.atttypid
        FROM pg_attribute AS attribute
        WHERE attribute.attrelid = root.oid
          AND attribute.attnum > 0
          AND NOT attribute.attisdropped
        UNION
        SELECT part.oid
        FROM type_tree
        JOIN pg_type AS type ON type.oid = type_tree.oid
        CROSS JOIN LATERAL (
            SELECT type.typbasetype
            UNION ALL
            SELECT type.typelem
            UNION ALL
            SELECT range.rngsubtype FROM pg_range AS range WHERE range.rngtypid = type.oid
            UNION ALL
            SELECT attribute.atttypid
            FROM pg_attribute AS attribute
            WHERE attribute.attrelid = type.typrelid
              AND attribute.attnum > 0
              AND NOT attribute.attisdropped
        ) AS part (oid)
        WHERE part.oid <> 0
    ),
    relations (oid) AS (
        SELECT family.oid
        FROM family
        UNION
        SELECT type.typrelid
        FROM type_tree
        JOIN pg_type AS type ON type.oid = type_tree.oid
        WHERE type.typrelid <> 0
    )
    SELECT jsonb_build_array(
        (SELECT jsonb_agg(family.oid ORDER BY family.oid) FROM family),
        (SELECT jsonb_agg(
                    jsonb_build_array(
                        attribute.attrelid, attribute.attnum, attribute.attname, attribute.atttypid, attribute.atttypmod, attribute.attgenerated,
                        CASE WHEN attribute.attgenerated <> '' THEN pg_get_expr(generation.adbin, generation.adrelid) END)
                    ORDER BY attribute.attrelid, attribute.attnum)
         FROM relations
         JOIN pg_attribute AS attribute ON attribute.attrelid = relations.oid
         LEFT JOIN pg_attrdef AS generation ON generation.adrelid = attribute.attrelid AND generation.adnum = attribute.attnum
         WHERE attribute.attnum > 0
           AND NOT attribute.attisdropped),
        (SELECT jsonb_agg(jsonb_build_array(label.enumtypid, label.enumlabel) ORDER BY label.enumtypid, label.oid)
         FROM pg_enum AS label
         JOIN type_tree ON type_tree.oid = label.enumtypid)
    )::text AS text
) AS shape
