-- Children at risk whose file was sent to the directorate.
SELECT CAST(k.uat AS VARCHAR) AS place, k.period AS period, part.col AS col, count(DISTINCT k.person) AS value
FROM risk_sent k
JOIN (VALUES ('total'), ('single')) AS part(col) ON part.col = 'total' OR k.single
WHERE k.kind IN ('town_hall', 'public')
GROUP BY ALL
