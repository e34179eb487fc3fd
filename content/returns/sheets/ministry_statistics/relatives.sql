-- Children placed with relatives.
SELECT m.county AS place, m.period AS period, 'n' AS col, count(DISTINCT m.child) AS value
FROM measures m
WHERE m.kind = 'placement_extended'
GROUP BY ALL
