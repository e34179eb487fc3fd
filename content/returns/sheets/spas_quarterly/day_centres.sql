-- Children at risk who have a plan and go to a day centre (8891 CZ-C).
SELECT CAST(k.uat AS VARCHAR) AS place, k.period AS period, part.col AS col, count(DISTINCT k.person) AS value
FROM at_risk k
JOIN planned p ON p.household = k.household AND p.period = k.period
JOIN served s ON s.person = k.person AND s.period = k.period
JOIN (VALUES ('total'), ('single')) AS part(col) ON part.col = 'total' OR k.single
WHERE k.kind IN ('town_hall', 'public') AND s.code LIKE '8891 CZ-C%'
GROUP BY ALL
