-- The territorial units of the county by their kind.
SELECT u.county AS place, a.period AS period,
       CASE u.kind WHEN 'comună' THEN 'communes' WHEN 'oraș' THEN 'towns' ELSE 'cities' END AS col, count(*) AS value
FROM uats u
CROSS JOIN asked a
GROUP BY ALL
