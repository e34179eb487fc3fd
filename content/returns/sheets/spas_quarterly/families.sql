-- Families that care for children at risk of separation.
SELECT CAST(k.uat AS VARCHAR) AS place, k.period AS period, part.col AS col, count(DISTINCT k.household) AS value
FROM at_risk k
JOIN (VALUES ('total'), ('single')) AS part(col) ON part.col = 'total' OR k.single
WHERE k.kind IN ('town_hall', 'public')
GROUP BY ALL
