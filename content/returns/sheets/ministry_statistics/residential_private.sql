-- Children in residential services that private providers run.
SELECT m.county AS place, m.period AS period, 'n' AS col, count(DISTINCT m.child) AS value
FROM measures m
WHERE m.kind IN ('placement_residential', 'emergency_placement', 'protection_18_plus') AND m.is_private
GROUP BY ALL
