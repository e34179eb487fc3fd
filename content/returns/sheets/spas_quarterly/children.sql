-- Children at risk of separation.
SELECT CAST(k.uat AS VARCHAR) AS place, k.period AS period, part.col AS col, count(DISTINCT k.person) AS value
FROM at_risk k
JOIN (VALUES ('total'), ('single')) AS part(col) ON part.col = 'total' OR k.single
WHERE k.kind IN ('town_hall', 'public')
GROUP BY ALL
