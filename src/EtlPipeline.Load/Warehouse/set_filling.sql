-- $1: the target, $2: the columns that are being filled, $3: the version that brought each of them
UPDATE etl_target SET filling = coalesce((SELECT jsonb_object_agg(name, stamp) FROM unnest($2::text[], $3::text[]) AS added (name, stamp)), '{}') WHERE target = $1;
