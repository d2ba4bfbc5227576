-- A date has nothing that isn't known. The calendar stays without gaps: it grows to what is needed, at most 20 years beyond an edge; a day
-- further off stands alone. Infinite days are no days.
WITH needed AS (SELECT DISTINCT id FROM ({needed}) AS n (id) WHERE isfinite(id)),
     edge AS (SELECT coalesce(min({key}), (SELECT min(id) FROM needed)) AS low, coalesce(max({key}), (SELECT max(id) FROM needed)) AS high FROM {dimension}
              WHERE isfinite({key})),
     near AS (SELECT least(min(id), low) AS low, greatest(max(id), high) AS high FROM needed, edge WHERE id BETWEEN low - 7305 AND high + 7305 GROUP BY edge.low, edge.high),
     day AS (SELECT generate_series(low, high, interval '1 day')::date AS id FROM near UNION SELECT id FROM needed)
INSERT INTO {dimension} ({columns})
SELECT {values} FROM day WHERE NOT EXISTS (SELECT FROM {dimension} AS member WHERE member.{key} = day.id)
ON CONFLICT DO NOTHING;
